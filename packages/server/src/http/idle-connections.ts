import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { refuseTimedOut } from './broken-requests.js';

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/**
 * Ends connections on which nothing moves for so long, unless it is this server that is waited for: a client that stops in
 * the middle of a body, one that does not read its answer, one that keeps a connection and asks nothing.
 */
export function endIdleConnections(server: Server, idleTimeoutMs: number): void {
  const exchanges = new WeakMap<Socket, Exchange>();
  server.prependListener('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    exchanges.set(incoming.socket, { incoming, outgoing });
  });
  server.setTimeout(idleTimeoutMs, (socket: Socket) => {
    const exchange = exchanges.get(socket);
    if (!exchange || exchange.outgoing.headersSent) socket.destroy();
    else if (!exchange.incoming.complete) refuseTimedOut(socket);
  });
}
