import { engineProcesses } from '../../support/engine-processes.js';
import { isAlive } from './is-alive.js';

/**
 * Holds the engine of a server, so that what runs stays running and what waits stays waiting, until this is disposed of.
 * For servers of `--concurrency 1` that are ready: these have exactly one engine process. Linux only.
 */
export function pauseEngine({ processId }: { readonly processId: number }): Disposable {
  const [engineId, ...others] = engineProcesses(processId).keys();
  if (engineId === undefined || others.length > 0) throw new Error('there is not exactly one engine process');
  process.kill(engineId, 'SIGSTOP');
  return {
    [Symbol.dispose]: () => {
      // Also when its server is gone: it would not notice that while it is held.
      if (isAlive(engineId)) process.kill(engineId, 'SIGCONT');
    },
  };
}

/** Jobs that a server of `--concurrency 1` has taken up at most: one in its engine, one that is next. */
export const MOST_RUNNING = 2;
