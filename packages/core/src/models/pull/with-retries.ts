import { setTimeout as sleep } from 'node:timers/promises';
import { DocketError } from '../../errors.js';
import { isPassing } from './hub-error.js';

/** How often and how patiently a pull tries again. */
export interface RetryPolicy {
  /** Tries in a row that bring nothing before it gives up. @default 5 */
  readonly attempts: number;
  /** Pause after the first failure; it doubles with each further one. Milliseconds. @default 1000 */
  readonly pauseMs: number;
  /** The longest that a hub may ask to wait by `Retry-After`. Milliseconds. @default 300000 */
  readonly maxPauseMs: number;
}

/** What holds unless it is said otherwise. */
export const DEFAULT_RETRIES: RetryPolicy = { attempts: 5, pauseMs: 1000, maxPauseMs: 300_000 };

/** What {@link withRetries} needs to know. */
export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
  /** Whether the try that just failed brought something, so that counting starts anew. */
  readonly progressed?: () => boolean;
}

/**
 * Does something until it succeeds, fails for good, or has failed too often without getting further.
 * @throws What the last try threw; its message tells the number of tries
 */
export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, signal, progressed } = options;
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DocketError) || !isPassing(error)) throw error;
      if (progressed?.()) failures = 1;
      if (failures >= policy.attempts) throw tiredOf(error, failures);
      await sleep(pauseAfter(error, failures, policy), undefined, signal ? { signal } : {}).catch(() => {
        throw signal?.reason;
      });
    }
  }
}

function pauseAfter(error: DocketError, failures: number, policy: RetryPolicy): number {
  const asked = error.data['retryAfterMs'];
  if (typeof asked !== 'number') return policy.pauseMs * 2 ** (failures - 1);
  if (asked <= policy.maxPauseMs) return asked;
  const seconds = Math.ceil(asked / 1000);
  throw new DocketError(error.code, `${error.message} It asks to wait ${seconds} seconds.`, { data: error.data });
}

function tiredOf(error: DocketError, attempts: number): DocketError {
  const { code, message, data, cause } = error;
  return new DocketError(code, `${message} (after ${attempts} tries)`, { data: { ...data, attempts }, cause });
}
