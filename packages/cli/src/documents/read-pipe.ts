import { constants, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { DocketError } from '@docket/core';

/**
 * Reads a named pipe, such as the `<(...)` of a shell, to its end. It is opened without blocking: who waits in the kernel for
 * a writer cannot be stopped.
 * @param writerWaitMs How long it may wait for somebody who writes to it
 * @throws DocketError `document.timed_out` when nobody writes to it, `resource.unreadable`
 */
export async function* readPipe(path: string, writerWaitMs: number): AsyncGenerator<Uint8Array> {
  const descriptor = open(path);
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  const error = nobodyWrites(path, writerWaitMs);
  const timer = setInterval(() => failWithoutWriter(socket, descriptor, error), writerWaitMs);
  try {
    for await (const chunk of socket) {
      clearInterval(timer);
      yield chunk;
    }
  } finally {
    clearInterval(timer);
    socket.destroy();
  }
}

function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    const message = `the pipe ${path} cannot be read (${code}); check its permissions`;
    throw new DocketError('resource.unreadable', message, { cause: error });
  }
}

/** An empty pipe is at its end when nobody has it open for writing, and says "try again" when somebody has. */
function failWithoutWriter(socket: Socket, descriptor: number, error: DocketError): void {
  const byte = Buffer.alloc(1);
  try {
    if (readSync(descriptor, byte) === 0) socket.destroy(error);
    else socket.unshift(byte);
  } catch {
    // Somebody will write.
  }
}

function nobodyWrites(path: string, waitMs: number): DocketError {
  const message = `nobody wrote to the pipe ${path} within ${waitMs} ms; start what writes to it first, or give the file itself`;
  return new DocketError('document.timed_out', message);
}
