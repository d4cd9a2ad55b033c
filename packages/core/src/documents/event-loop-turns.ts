import { setImmediate } from 'node:timers/promises';

/** How long, in milliseconds, a piece of work may keep the event loop from turning. */
const LONGEST_MS = 10;

/** Lets the event loop turn now and then: during a long piece of work, what is to abort it would not be heard otherwise. */
export class EventLoopTurns {
  #last = performance.now();

  /** To be awaited between two steps of the work. */
  async next(): Promise<void> {
    if (performance.now() - this.#last < LONGEST_MS) return;
    await setImmediate();
    this.#last = performance.now();
  }
}
