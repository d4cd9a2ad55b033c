import { uptime } from 'node:os';

/** What a {@link SettledClock} goes by; for tests. */
export interface SettledClockOptions {
  /** Milliseconds since 1970, as the clock of the machine has them. */
  readonly now?: () => number;
  /** Milliseconds since some moment, which nobody sets; also counts while the machine sleeps. */
  readonly elapsed?: () => number;
  /** The newest moment that is known to have been, in milliseconds since 1970. */
  readonly knownMs?: number | undefined;
}

/** By how much a clock may be corrected between two looks without having been set. */
const MOST_DRIFT_MS = 5 * 60_000;

/** How long a clock that was set counts as doubtful. */
const SETTLING_MS = 60 * 60_000;

/**
 * Tells the time to those who delete by it. A clock that jumps ahead is believed after an hour: until then, time goes on from
 * where it was before, so that a clock set wrong by mistake deletes nothing. So does one that is far ahead of what is known
 * at the start, for it may have been set meanwhile. One that jumps back is believed at once.
 */
export class SettledClock {
  private readonly wall: () => number;
  private readonly elapsed: () => number;
  /** What the clock of the machine is ahead of the elapsed time, at the last look. */
  private offset: number;
  /** The same, as it is believed. */
  private believed: number;
  private doubtfulUntil = Number.NEGATIVE_INFINITY;

  constructor({ now = Date.now, elapsed = () => uptime() * 1000, knownMs }: SettledClockOptions = {}) {
    this.wall = now;
    this.elapsed = elapsed;
    const elapsedMs = elapsed();
    this.offset = now() - elapsedMs;
    this.believed = this.offset;
    if (knownMs === undefined || elapsedMs + this.offset - knownMs <= MOST_DRIFT_MS) return;
    this.believed = knownMs - elapsedMs;
    this.doubtfulUntil = elapsedMs + SETTLING_MS;
  }

  /** Milliseconds since 1970. To be asked every minute or so: what happened between two looks counts as one jump. */
  now(): number {
    const elapsed = this.elapsed();
    const offset = this.wall() - elapsed;
    if (offset - this.offset > MOST_DRIFT_MS) this.doubtfulUntil = elapsed + SETTLING_MS;
    this.offset = offset;
    if (elapsed >= this.doubtfulUntil || offset < this.believed) this.believed = offset;
    return elapsed + this.believed;
  }
}
