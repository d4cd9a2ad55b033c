import { hostname, networkInterfaces } from 'node:os';
import type { DocketContext } from './app-environment.js';
import { hostNameOf, normaliseHostName } from './host-name.js';
import { isLoopback } from './loopback.js';

/** What the server is known as. */
export interface ServerNames {
  /** Address that is bound. */
  readonly host: string;
  readonly publicUrl?: string;
}

/** The host that a request names, with port. */
export function hostOf(context: DocketContext): string {
  return context.req.header('host') ?? new URL(context.req.url).host;
}

/**
 * Whether a `Host` header names this server: loopback, the bound address, the public one, or, when every address is bound,
 * any address of this machine and its name. A web page elsewhere that points its own name here is not accepted.
 */
export function isAcceptedHost(host: string, { host: boundHost, publicUrl }: ServerNames): boolean {
  const name = hostNameOf(host);
  if (name === undefined) return false;
  if (isLoopback(name) || name === normaliseHostName(boundHost)) return true;
  if (publicUrl !== undefined && name === normaliseHostName(new URL(publicUrl).hostname)) return true;
  return isEveryAddress(boundHost) && isThisMachine(name);
}

/** Whether binding an address binds all of this machine. */
export function isEveryAddress(host: string): boolean {
  return ['0.0.0.0', '[::]'].includes(normaliseHostName(host));
}

/** Read anew each time: addresses come and go while a server runs. */
function isThisMachine(name: string): boolean {
  if (name === normaliseHostName(hostname())) return true;
  const addresses = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return addresses.some(({ address }) => normaliseHostName(address) === name);
}
