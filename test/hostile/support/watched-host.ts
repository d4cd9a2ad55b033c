import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A host of this machine that counts who comes. */
export interface WatchedHost extends AsyncDisposable {
  /** Such as `127.0.0.1:40123`. */
  readonly authority: string;
  /** Connections so far. */
  connections(): number;
}

/** Listens at a free port, and closes every connection at once. */
export async function watchHost(): Promise<WatchedHost> {
  let count = 0;
  const server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    authority: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}
