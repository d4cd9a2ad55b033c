import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut: then nothing comes through, and nobody is told. */
export interface CuttableProxy extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing comes through, neither way, and connections that are made are not answered. */
  cut(): void;
  /** What was connected is broken now; new connections come through. */
  mend(): void;
}

/** Starts a proxy to a port of this machine. */
export async function startCuttableProxy(target: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((incoming) => {
    const keep = (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    };
    keep(incoming);
    if (isCut) return void incoming.pause();
    const outgoing = connect(target, '127.0.0.1');
    keep(outgoing);
    incoming.on('data', (data) => isCut || outgoing.write(data));
    outgoing.on('data', (data) => isCut || incoming.write(data));
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => isCut || incoming.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
      breakAll();
    },
    [Symbol.asyncDispose]: async () => {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
