import { lookup } from 'node:dns/promises';
import PQueue from 'p-queue';
import { addressOf, type WebhookHosts } from './webhook-hosts.js';

/** An address that may be connected to, as `lookup` of node:net wants it. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Finds the addresses of a name; that of the system unless a test needs another. */
export type LookUp = (name: string) => Promise<readonly ResolvedAddress[]>;

/** What became of {@link HostResolver.resolve}. */
export type Resolution =
  | { readonly addresses: readonly ResolvedAddress[] }
  /** Why nothing may be connected to, in a few words. */
  | { readonly refusal: string };

/** Names that are looked up at once. The system blocks a thread for each, and there are four for all that is slow. */
const MOST_LOOKUPS = 2;

/** Finds out where a URL leads, and whether deliveries may go there. */
export class HostResolver {
  private readonly queue = new PQueue({ concurrency: MOST_LOOKUPS });
  private readonly running = new Map<string, Promise<readonly ResolvedAddress[]>>();

  constructor(
    private readonly hosts: WebhookHosts,
    private readonly lookUp: LookUp = (name) => lookup(name, { all: true }),
  ) {}

  /** @throws What looking up throws */
  async resolve(url: URL): Promise<Resolution> {
    if (!this.hosts.allowsUrl(url)) return { refusal: `webhook.allow does not name ${url.host}` };
    const literal = addressOf(url);
    if (literal !== undefined) return { addresses: [{ address: literal, family: literal.includes(':') ? 6 : 4 }] };
    const found = await this.lookUpOnce(url.hostname);
    const addresses = found.filter(({ address }) => this.hosts.allowsAddress(address, url));
    if (addresses.length > 0) return { addresses };
    const refused = found.map(({ address }) => address).join(', ');
    return { refusal: `${url.hostname} is ${refused}, which is not public and not named in webhook.allow` };
  }

  /** Those who ask for a name at the same time share one look. */
  private lookUpOnce(name: string): Promise<readonly ResolvedAddress[]> {
    const known = this.running.get(name);
    if (known) return known;
    const look = this.queue.add(() => this.lookUp(name)).finally(() => this.running.delete(name));
    this.running.set(name, look);
    return look;
  }
}
