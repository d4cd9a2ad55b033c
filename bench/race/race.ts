import { setTimeout as delay } from 'node:timers/promises';
import { familyOf } from './process-family.js';

/** How long one side runs before it stands still for the next: short beside the tens of seconds in which a machine gets slower or faster. */
const SLICE_MS = 500;

/** One side of a race. */
export interface Racer {
  /** Processes that stand still, with all below them, while others run. */
  readonly processIds: readonly number[];
  /** What is timed; called once, at the first turn of the side. */
  readonly work: () => Promise<unknown>;
}

/**
 * Times work of several sides against each other in one go: they run in turn for half a second, while the processes of all
 * others are stopped, so that the machine has the same hours for all of them.
 * @returns Milliseconds that each side ran until its work was done, in the order of the sides
 * @throws what the work of a side throws
 */
export async function race(racers: readonly Racer[]): Promise<number[]> {
  const sides = racers.map((racer) => new Side(racer));
  try {
    for (const side of sides) side.stop();
    while (sides.some(({ isDone }) => !isDone)) {
      for (const side of sides) if (!side.isDone) await side.runFor(SLICE_MS);
    }
    return sides.map(({ ranMs }) => ranMs);
  } finally {
    for (const side of sides) side.go();
  }
}

class Side {
  ranMs = 0;
  isDone = false;
  private work: Promise<unknown> | undefined;
  private endedAt = Number.POSITIVE_INFINITY;

  constructor(private readonly racer: Racer) {}

  async runFor(sliceMs: number): Promise<void> {
    const started = performance.now();
    this.go();
    this.work ??= this.racer.work().then(() => {
      this.endedAt = performance.now();
      this.isDone = true;
    });
    // What breaks while others have their turn is thrown at the next one of this side, or is no matter any more.
    this.work.catch(() => {});
    const over = new AbortController();
    await Promise.race([this.work, delay(sliceMs, undefined, { signal: over.signal }).catch(() => {})]);
    over.abort();
    this.stop();
    this.ranMs += Math.min(performance.now(), this.endedAt) - started;
  }

  go(): void {
    this.signal('SIGCONT');
  }

  stop(): void {
    this.signal('SIGSTOP');
  }

  /** Parents first: none of them can start another meanwhile. One that has just ended is out of it. */
  private signal(signal: 'SIGCONT' | 'SIGSTOP'): void {
    for (const id of this.racer.processIds.flatMap(familyOf)) {
      try {
        process.kill(id, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
}
