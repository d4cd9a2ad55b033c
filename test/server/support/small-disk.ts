import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK_SIZES = [1 << 20, 1 << 16, 1 << 12, 1];

/** How often a disk is filled up again while it is kept full. */
const REFILL_MS = 10;

/** Fills a disk to its last byte. @returns The code of the error that the last plain write ended with */
export function fillUp(disk: string): string | undefined {
  let code: string | undefined;
  const handle = openSync(fillerOn(disk), 'a');
  for (const size of CHUNK_SIZES) {
    const chunk = Buffer.alloc(size, 'x');
    try {
      for (;;) writeSync(handle, chunk);
    } catch (error) {
      code = (error as NodeJS.ErrnoException).code;
    }
  }
  closeSync(handle);
  return code;
}

/** Keeps a disk full, whatever is deleted on it, until this is disposed of: then what filled it is gone. */
export function keepFull(disk: string): Disposable {
  const timer = setInterval(() => fillUp(disk), REFILL_MS);
  fillUp(disk);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      free(disk);
    },
  };
}

/** Gives all of it back. */
export function free(disk: string): void {
  rmSync(fillerOn(disk), { force: true });
}

function fillerOn(disk: string): string {
  return join(disk, 'filler');
}
