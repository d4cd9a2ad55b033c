import { type ChildProcess, fork } from 'node:child_process';
import { workerFile } from './worker-file.js';

/**
 * Room, in MiB, that a process has from its start. For what one document leaves: most of it is garbage before the collector would
 * have to copy it. And for what stays, which would else be looked through several times while it is loaded.
 */
export const HEAP_ROOM = ['--min-semi-space-size=8', '--max-semi-space-size=8', '--initial-old-space-size=64'];

/** Of the ceiling; the rest is for buffers, WebAssembly and the program itself. V8 collects garbage before it has more. */
const HEAP_SHARE = 0.75;

/** What an engine process is started with. */
export interface EngineSettings {
  /** Resident memory, in MiB, at which it is ended. */
  readonly maxMemoryMb: number;
}

/** Starts an engine process, which does not keep this one alive. */
export function forkEngine({ maxMemoryMb }: EngineSettings): ChildProcess {
  const child = fork(workerFile(), [String(maxMemoryMb)], {
    serialization: 'advanced',
    // What a library prints must not reach standard output, which belongs to the command.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    execArgv: [`--max-old-space-size=${Math.floor(maxMemoryMb * HEAP_SHARE)}`, ...HEAP_ROOM],
  });
  child.channel?.unref();
  child.unref();
  return child;
}
