import { isIPv6 } from 'node:net';
import { hostOf, isAcceptedHost, isEveryAddress, type ServerNames } from './accepted-hosts.js';
import type { DocketContext } from './app-environment.js';

/**
 * The address under which the caller reaches this server, without trailing slash; absolute URLs in answers begin with it.
 * It is never made from a `Host` that is not this server's.
 */
export function baseUrlOf(context: DocketContext, settings: ServerNames): string {
  if (settings.publicUrl !== undefined) return settings.publicUrl.replace(/\/+$/, '');
  const host = hostOf(context);
  return `http://${isAcceptedHost(host, settings) ? host : boundAddress(context, settings)}`;
}

function boundAddress(context: DocketContext, { host }: ServerNames): string {
  const socket = context.env.incoming?.socket;
  // Of all addresses that are bound, the one that the caller came through is one that it can reach.
  const address = isEveryAddress(host) ? (socket?.localAddress ?? 'localhost').replace(/^::ffff:/, '') : host;
  const name = isIPv6(address) ? `[${address}]` : address;
  return socket?.localPort === undefined ? name : `${name}:${socket.localPort}`;
}
