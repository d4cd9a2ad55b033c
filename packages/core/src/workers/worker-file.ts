import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the worker's program is: beside this file when built, in `dist` when this runs from its source. */
export function workerFile(): string {
  const beside = fileURLToPath(new URL('./engine-worker.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/workers/engine-worker.js', import.meta.url));
}
