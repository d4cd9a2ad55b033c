import { lookup } from 'node:dns/promises';
import PQueue from 'p-queue';
import { SharedWork } from '../operations/shared-work.js';
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

/** Names that are looked up at once. */
const MOST_LOOKUPS = 2;

/**
 * Look-ups that the system is at, with those that nobody waits for any more: it blocks a thread for each, cannot be told to stop, and
 * there are four threads for all that is slow.
 */
const MOST_BLOCKED = 3;

/** How long a look-up is waited for, so that names that are not answered for hold up others a moment only. */
const LONGEST_MS = 5_000;

/** Finds out where a URL leads, and whether deliveries may go there. */
export class HostResolver {
  private readonly queue = new PQueue({ concurrency: MOST_LOOKUPS });
  private readonly looks = new SharedWork<readonly ResolvedAddress[] | undefined>();
  /** Look-ups that nobody waits for any more. */
  private abandoned = 0;

  /** @param longestMs For tests */
  constructor(
    private readonly hosts: WebhookHosts,
    private readonly lookUp: LookUp = (name) => lookup(name, { all: true }),
    private readonly longestMs = LONGEST_MS,
  ) {}

  /** @throws What looking up throws; the signal's reason when that aborts */
  async resolve(url: URL, signal: AbortSignal): Promise<Resolution> {
    if (!this.hosts.allowsUrl(url)) return { refusal: `webhook.allow does not name ${url.host}` };
    const literal = addressOf(url);
    if (literal !== undefined) return { addresses: [{ address: literal, family: literal.includes(':') ? 6 : 4 }] };
    // Those who ask for a name at the same time share one look.
    const begin = (stop: AbortSignal) => this.queue.add(() => this.lookUpSoon(url.hostname), { signal: stop });
    const found = await this.looks.share(url.hostname, begin, signal);
    if (found === undefined) return { refusal: `${url.hostname} was looked up for ${this.longestMs / 1000} s in vain` };
    const addresses = found.filter(({ address }) => this.hosts.allowsAddress(address, url));
    if (addresses.length > 0) return { addresses };
    const refused = found.map(({ address }) => address).join(', ');
    return { refusal: `${url.hostname} is ${refused}, which is not public and not named in webhook.allow` };
  }

  /** @returns Undefined when it takes too long */
  private lookUpSoon(name: string): Promise<readonly ResolvedAddress[] | undefined> {
    return new Promise((resolve, reject) => {
      let isAbandoned = false;
      const timer = setTimeout(() => {
        isAbandoned = true;
        this.setAbandoned(this.abandoned + 1);
        resolve(undefined);
      }, this.longestMs);
      const end = () => {
        clearTimeout(timer);
        if (isAbandoned) this.setAbandoned(this.abandoned - 1);
      };
      this.lookUp(name).then(resolve, reject).finally(end);
    });
  }

  private setAbandoned(count: number): void {
    this.abandoned = count;
    const free = Math.min(MOST_LOOKUPS, MOST_BLOCKED - count);
    if (free <= 0) {
      this.queue.pause();
      return;
    }
    this.queue.concurrency = free;
    this.queue.start();
  }
}
