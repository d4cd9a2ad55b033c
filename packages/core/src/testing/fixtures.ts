import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../../', import.meta.url);

/** Path of a file in `test/fixtures`, such as `documents/minutes.txt`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`test/fixtures/${name}`, root));
}

/** Whether the program of the engine processes is built, which tests of the pool need. */
export const workerIsBuilt = existsSync(fileURLToPath(new URL('packages/core/dist/workers/engine-worker.js', root)));
