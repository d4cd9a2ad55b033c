import { setImmediate } from 'node:timers/promises';

/** How long, in milliseconds, a piece of work may keep the event loop from turning. */
const LONGEST_MS = 10;

/** Lets the event loop turn now and then: during a long piece of work, what is to abort it would not be heard otherwise. */
export class EventLoopTurns {
  #last = performance.now();

  /**
   * To be awaited between two steps of the work.
   * @throws what the signal was aborted with
   */
  async next(signal: AbortSignal): Promise<void> {
    if (performance.now() - this.#last >= LONGEST_MS) {
      // The first turn may begin behind the timers.
      await setImmediate();
      await setImmediate();
      this.#last = performance.now();
    }
    signal.throwIfAborted();
  }
}
