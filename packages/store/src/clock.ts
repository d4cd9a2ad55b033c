import type { Clock, Instant } from './ports/instant.js';

const MILLISECONDS_LENGTH = '2026-11-23T10:00:00.123'.length;

/** The instant at so many milliseconds since 1970; what is finer than a microsecond is cut off. Years 0 to 9999. */
export function toInstant(milliseconds: number): Instant {
  return fromMicroseconds(Math.floor(milliseconds * 1000));
}

function fromMicroseconds(microseconds: number): Instant {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, MILLISECONDS_LENGTH)}${rest}Z`;
}

function toMicroseconds(instant: Instant): number {
  const milliseconds = Date.parse(`${instant.slice(0, MILLISECONDS_LENGTH)}Z`);
  return milliseconds * 1000 + Number(instant.slice(MILLISECONDS_LENGTH, -1));
}

/** What a {@link MonotonicClock} starts from. */
export interface MonotonicClockOptions {
  /** Milliseconds since 1970; may go back. */
  readonly now: () => number;
  /** An instant that all answers must lie after. */
  readonly after?: Instant | undefined;
}

/** A clock that never goes back and never stands still: when its source does, it counts on in microseconds. */
export class MonotonicClock implements Clock {
  readonly #now: () => number;
  #highest: number;

  constructor({ now, after }: MonotonicClockOptions) {
    this.#now = now;
    this.#highest = after === undefined ? 0 : toMicroseconds(after);
  }

  now(): Instant {
    this.#highest = Math.max(Math.floor(this.#now() * 1000), this.#highest + 1);
    return fromMicroseconds(this.#highest);
  }

  /** Lets all later answers lie after an instant, also one of another machine. */
  passOver(instant: Instant): void {
    this.#highest = Math.max(this.#highest, toMicroseconds(instant));
  }
}
