import { connect } from 'node:net';

/** Sends bytes as they are on a connection of their own, and takes all that comes back until the server closes it. */
export function exchangeBytes(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      received += text;
    });
    // What is sent may meet a connection that is closed already.
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
    for (const piece of pieces) socket.write(piece);
  });
}
