import { createHash } from 'node:crypto';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 6 * 60 * 60_000;

/** From the event on, no attempt is begun later than this, but for the first: what was never tried is tried once. */
export const DELIVERY_PERIOD_MS = 24 * 60 * 60_000;

/** By how much of itself a pause is lengthened at most, so that what failed together does not come back together. */
const SPREAD = 0.2;

/** A delivery that has failed. */
export interface FailedDelivery {
  readonly id: string;
  /** Attempts so far, at least 1. */
  readonly attempts: number;
  /** Since the event happened. */
  readonly ageMs: number;
  /** What the receiver asked to wait. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * How long to wait for the next attempt: 5 s at first, three times as long each time, at most 6 h, and not less than the receiver
 * asks for; undefined when the day is over before. The same delivery always gets the same pauses.
 */
export function pauseBeforeRetry({ id, attempts, ageMs, retryAfterMs = 0 }: FailedDelivery): number | undefined {
  const plainMs = Math.min(FIRST_PAUSE_MS * 3 ** (attempts - 1), LONGEST_PAUSE_MS);
  const askedMs = Math.min(retryAfterMs, LONGEST_PAUSE_MS);
  const pauseMs = Math.round(Math.max(plainMs * (1 + SPREAD * fractionOf(`${id} ${attempts}`)), askedMs));
  return ageMs + pauseMs > DELIVERY_PERIOD_MS ? undefined : pauseMs;
}

function fractionOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
