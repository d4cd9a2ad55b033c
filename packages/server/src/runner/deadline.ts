import { setTimeout as delay } from 'node:timers/promises';

/** A moment by which something must be over, also when a step of it hangs. */
export class Deadline {
  private readonly endsAt: number;

  constructor(milliseconds: number) {
    this.endsAt = performance.now() + milliseconds;
  }

  /**
   * Waits for a step, but not beyond the deadline.
   * @returns Whether it came to its end
   * @throws What the step throws before the deadline; what it throws after it is ignored
   */
  async wait(step: Promise<unknown> | undefined): Promise<boolean> {
    const over = new AbortController();
    const left = Math.max(0, this.endsAt - performance.now());
    const tooLong = delay(left, false, { signal: over.signal }).catch(() => false);
    try {
      return await Promise.race([Promise.resolve(step).then(() => true), tooLong]);
    } finally {
      over.abort();
    }
  }
}
