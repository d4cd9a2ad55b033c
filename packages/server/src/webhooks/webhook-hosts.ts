import { domainToASCII } from 'node:url';
import { DocketError } from '@docket/core';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Something that the setting `webhook.allow` names. */
type Entry =
  | { readonly kind: 'any' }
  /** `isWide`: every name under it instead. */
  | { readonly kind: 'name'; readonly name: string; readonly isWide: boolean; readonly port: string | undefined }
  | { readonly kind: 'network'; readonly network: [Address, number]; readonly port: string | undefined };

/** What of IPv6 is given out for the Internet: RFC 4291, section 2.4. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

const NAME = /^(\*\.)?[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*$/;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Where webhooks may be delivered. */
export class WebhookHosts {
  private constructor(private readonly entries: readonly Entry[]) {}

  /**
   * Reads the setting: hosts separated by commas. A host is a name, `*.name` for all names under it, an address, or a network
   * such as `10.1.0.0/16`; each with `:port` when only that port is meant, IPv6 in brackets then. `*` is every public host.
   * @throws DocketError `request.invalid_configuration`
   */
  static parse(text: string): WebhookHosts {
    const items = text.split(',').map((item) => item.trim());
    return new WebhookHosts(items.filter((item) => item !== '').map(readEntry));
  }

  /** Whether the host of a URL is named: by its name, or by its address when it is written as one. */
  allowsUrl(url: URL): boolean {
    if (DEFAULT_PORTS[url.protocol] === undefined) return false;
    const address = addressOf(url);
    if (address !== undefined) return this.allowsAddress(address, url);
    return this.entries.some((entry) => entry.kind === 'any' || isNamedBy(entry, url));
  }

  /**
   * Whether an address that the host of an allowed URL stands for may be connected to: a public one, or one that is named
   * itself. The loopback is what `localhost` stands for, so it is named with that; `*` names neither.
   */
  allowsAddress(text: string, url: URL): boolean {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    if (this.entries.some((entry) => entry.kind === 'network' && isInNetwork(entry, address, url))) return true;
    if (addressOf(url) === undefined && isLocalhost(url)) {
      return address.range() === 'loopback' && this.entries.some((entry) => isNamedBy(entry, url));
    }
    const isNamedByName = addressOf(url) === undefined || this.entries.some(({ kind }) => kind === 'any');
    return isNamedByName && isPublic(address);
  }
}

/** Whether an address is one of the public Internet: not private, link-local, loopback, reserved, or one that wraps such a one. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(...GLOBAL_IPV6);
}

/** The address that a URL names in place of a host name; undefined when it names a host. */
export function addressOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : undefined;
}

function isLocalhost({ hostname }: URL): boolean {
  return /^(?:.*\.)?localhost\.?$/.test(hostname);
}

function isNamedBy(entry: Entry, url: URL): boolean {
  if (entry.kind !== 'name' || !isPort(entry.port, url)) return false;
  const asked = url.hostname.replace(/\.$/, '');
  return entry.isWide ? asked.endsWith(`.${entry.name}`) : asked === entry.name;
}

function isInNetwork({ network, port }: Entry & { kind: 'network' }, address: Address, url: URL): boolean {
  const [base, bits] = network;
  return isPort(port, url) && address.kind() === base.kind() && address.match(base, bits);
}

function isPort(port: string | undefined, url: URL): boolean {
  return port === undefined || port === (url.port || DEFAULT_PORTS[url.protocol]);
}

function readEntry(item: string): Entry {
  if (item === '*') return { kind: 'any' };
  const { host, port } = splitPort(item.toLowerCase());
  if (port !== undefined && !(Number(port) > 0 && Number(port) < 65_536)) throw invalidEntry(item);
  const network = readNetwork(host);
  if (network !== undefined) return { kind: 'network', network, port };
  const name = domainToASCII(host.replace(/\.$/, '')) || host;
  // What looks like an address and is none must not pass as a name.
  if (!NAME.test(name) || /^[\d.]+$/.test(name)) throw invalidEntry(item);
  const isWide = name.startsWith('*.');
  return { kind: 'name', name: isWide ? name.slice(2) : name, isWide, port };
}

function splitPort(item: string): { readonly host: string; readonly port: string | undefined } {
  const bracketed = /^\[(.+)\](?::(\d{1,5}))?$/.exec(item);
  if (bracketed) return { host: bracketed[1] ?? '', port: normalPort(bracketed[2]) };
  const plain = /^([^:]+):(\d{1,5})$/.exec(item);
  return plain ? { host: plain[1] ?? '', port: normalPort(plain[2]) } : { host: item, port: undefined };
}

function normalPort(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : String(Number(digits));
}

function readNetwork(host: string): [Address, number] | undefined {
  if (ipaddr.isValidCIDR(host)) {
    const [base, bits] = ipaddr.parseCIDR(host);
    // What wraps an IPv4 address counts as that: a network of such forms would match nothing.
    const isWrapped = base.kind() === 'ipv6' && (base as ipaddr.IPv6).isIPv4MappedAddress();
    return isWrapped ? undefined : [base, bits];
  }
  if (!ipaddr.IPv6.isValid(host) && !ipaddr.IPv4.isValidFourPartDecimal(host)) return undefined;
  const address = ipaddr.process(host);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function invalidEntry(item: string): DocketError {
  const message = `the setting webhook.allow has ${JSON.stringify(item)}, which is no host; write a name (hooks.example.com, *.example.com), an address or a network (10.1.0.0/16; of IPv4 in this form alone), each with :port (1 to 65535) if need be, or * for every public host`;
  return new DocketError('request.invalid_configuration', message, { data: { item } });
}
