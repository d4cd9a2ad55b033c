import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer that the proxy gives itself. */
export interface Failure {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A proxy that refuses first and forwards then. */
export interface UnreliableProxy extends AsyncDisposable {
  readonly url: string;
  /** What came in so far, in order. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly retryCount: string }[];
}

/**
 * Starts a proxy before a server.
 * @param failures Answers to the first requests, one each; what comes after them is forwarded
 */
export async function startProxy(target: string, failures: readonly Failure[]): Promise<UnreliableProxy> {
  const requests: { method: string; path: string; retryCount: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    const failure = failures[requests.length];
    requests.push({ method, path, retryCount: String(headers['x-stainless-retry-count']) });
    if (failure) refuse(incoming, outgoing, failure);
    else forward(incoming, outgoing, target);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, { status, headers = {} }: Failure): void {
  incoming.resume();
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(JSON.stringify({ detail: `refused with ${status}` }));
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: string): void {
  const { method, headers, url: path = '/' } = incoming;
  const passed = request(new URL(path, target), { method, headers: { ...headers, host: new URL(target).host } });
  passed.on('response', (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
}
