import { setTimeout as delay } from 'node:timers/promises';
import { isStorageFault } from '@docket/store';
import type { Logger } from 'pino';

/** How {@link untilStored} waits. */
export interface WaitingOptions {
  /** Ends it. */
  readonly signal?: AbortSignal;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/** Pauses between two tries: they double from the first to the longest. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Writes or reads something, again and again as long as the store has no room or no way for it: on a full disk, or without a
 * connection, what was worked out waits instead of failing, and is written when somebody has freed space.
 * @throws What the write throws, unless that is a fault of the storage; the signal's reason when that aborts
 */
export async function untilStored<Result>(
  write: () => Promise<Result>,
  { signal, logger }: WaitingOptions,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      const result = await write();
      if (tries > 1) logger.info({ tries }, 'what waited is stored');
      return result;
    } catch (error) {
      if (!isStorageFault(error)) throw error;
      if (tries === 1) logger.warn({ code: error.code, err: error }, `something waits to be stored: ${error.message}`);
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS), undefined, { signal }).catch(() => {});
      signal?.throwIfAborted();
    }
  }
}
