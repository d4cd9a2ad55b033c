import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isCurrent } from '../startup/built-program.js';

/** Where the worker's program is: the bundle, else beside this file when built, in `dist` when this runs from its source. */
export function workerFile(): string {
  const besideThis = new URL('./engine-worker.js', import.meta.url);
  const worker = existsSync(besideThis) ? besideThis : new URL('../../dist/workers/engine-worker.js', import.meta.url);
  const bundle = new URL('../bundled/engine-worker.js', worker);
  return fileURLToPath(isCurrent(bundle, [new URL('../', worker)]) ? bundle : worker);
}
