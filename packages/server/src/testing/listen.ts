import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { DocketApp } from '../http/app-environment.js';
import { createHttpServer } from '../http/http-server.js';

/** An application behind a socket. */
export interface ListeningApp extends AsyncDisposable {
  readonly port: number;
  /** Sends a request with exactly these headers. */
  send(options: RequestOptions, body?: string | Uint8Array): Promise<RawResponse>;
}

/** An answer, read to its end. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** Serves an application on a free port of the loopback address. */
export async function listen(app: DocketApp): Promise<ListeningApp> {
  const server = createHttpServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    send: (options, body) => send({ host: '127.0.0.1', port, agent: false, ...options }, body),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function send(options: RequestOptions, body?: string | Uint8Array): Promise<RawResponse> {
  const outgoing = request(options);
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text: await text(incoming) };
}
