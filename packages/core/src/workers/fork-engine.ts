import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isCurrent } from '../startup/built-program.js';

/** Room, in MiB, for what one document leaves: most of it is garbage before the collector would have to copy it. */
const YOUNG_GENERATION = ['--min-semi-space-size=16', '--max-semi-space-size=32'];

/** Resident memory, in MiB, at which an engine process is ended unless something else is configured. */
export const DEFAULT_MAX_MEMORY_MB = 2048;

/** What an engine process is started with. */
export interface EngineSettings {
  /** Resident memory, in MiB, at which it is ended. */
  readonly maxMemoryMb: number;
}

/** Starts an engine process, which does not keep this one alive. */
export function forkEngine({ maxMemoryMb }: EngineSettings): ChildProcess {
  const child = fork(workerFile(), [], {
    serialization: 'advanced',
    // What a library prints must not reach standard output, which belongs to the command.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    execArgv: [`--max-old-space-size=${maxMemoryMb}`, ...YOUNG_GENERATION],
  });
  child.channel?.unref();
  child.unref();
  return child;
}

/** Where the worker's program is: the bundle, else beside this file when built, in `dist` when this runs from its source. */
function workerFile(): string {
  const besideThis = new URL('./engine-worker.js', import.meta.url);
  const worker = existsSync(besideThis) ? besideThis : new URL('../../dist/workers/engine-worker.js', import.meta.url);
  const bundle = new URL('../bundle/engine-worker.js', worker);
  return fileURLToPath(isCurrent(bundle, [new URL('../', worker)]) ? bundle : worker);
}
