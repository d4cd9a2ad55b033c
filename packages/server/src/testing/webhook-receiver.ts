import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that came. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How a receiver answers: a status, or in a way of its own. */
export type Reaction = number | ((response: ServerResponse) => void);

/** What takes webhooks in a test. */
export interface WebhookReceiver extends AsyncDisposable {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly port: number;
  readonly received: readonly ReceivedWebhook[];
  /** How it answers from now on. */
  react: (request: ReceivedWebhook) => Reaction;
  /** Waits until so many requests have come in all. */
  until(count: number): Promise<void>;
}

/** Starts a receiver on a free port of the loopback address. It answers 200 until told otherwise. */
export async function startReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const watchers = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined);
    // Given up before it was here.
    if (body === undefined) return;
    const webhook = { path: request.url ?? '', headers: request.headers, body };
    received.push(webhook);
    const reaction = receiver.react(webhook);
    if (typeof reaction === 'number') response.writeHead(reaction).end('thanks');
    else reaction(response);
    for (const watcher of watchers) watcher();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    received,
    react: () => 200,
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
