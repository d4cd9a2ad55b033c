import { fileURLToPath } from 'node:url';
import { runBundle } from './run-bundle.js';

runBundle(fileURLToPath(new URL('../bundled/engine-worker.cjs', import.meta.url)));
