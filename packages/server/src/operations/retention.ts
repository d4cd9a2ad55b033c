import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type Store, toInstant } from '@docket/store';
import type { Logger } from 'pino';
import { SettledClock } from './settled-clock.js';

/** How long things are kept, in milliseconds; what is absent is kept for good. */
export interface RetentionSettings {
  /** Since a job ended. */
  readonly jobsMs?: number | undefined;
  /** Since a file was uploaded. */
  readonly filesMs?: number | undefined;
  /** Since the reading or the job ended: page texts, parse jobs, and the evidence behind answers. */
  readonly resultsMs?: number | undefined;
}

/** What {@link sweepExpired} works with. */
export interface RetentionOptions extends RetentionSettings {
  readonly store: Store;
  /** Whether what is deleted is also taken out of the reasoning. */
  readonly purgeQuotesOnDelete: boolean;
  /** Milliseconds since 1970, by which things are old; the time of the store unless said otherwise. */
  readonly now?: () => number;
}

/** Things deleted in one step, so that the server answers in between. */
const BATCH = 100;

const SWEEP_INTERVAL_MS = 60_000;

/** What a sweep deleted. */
export interface SweepCounts {
  readonly jobs: number;
  readonly files: number;
  readonly parses: number;
  readonly explanations: number;
}

/** Deletes what is older than it may be. */
export async function sweepExpired(options: RetentionOptions): Promise<SweepCounts> {
  const { store, jobsMs, filesMs, resultsMs } = options;
  const nowMs = options.now?.() ?? Date.parse(store.clock.now());
  const now = toInstant(nowMs);
  const before = (ageMs: number) => toInstant(nowMs - ageMs);
  const old = { now, createdBefore: filesMs ? before(filesMs) : undefined, purgeQuotes: options.purgeQuotesOnDelete };
  return {
    jobs: jobsMs ? await inBatches((limit) => store.jobs.deleteEndedBefore(before(jobsMs), limit)) : 0,
    files: await inBatches(async (limit) => (await store.files.deleteOld(old, limit)).length),
    parses: resultsMs ? await inBatches((limit) => store.parses.deleteEndedBefore(before(resultsMs), limit)) : 0,
    explanations: resultsMs
      ? await inBatches((limit) => store.jobs.deleteExplanationsBefore(before(resultsMs), limit))
      : 0,
  };
}

/** Sweeps now and every minute. @returns Ends it */
export function startRetention(options: RetentionOptions, logger: Logger): () => void {
  // The store's own clock never goes back: after a jump ahead and back, it would be ahead for as long as the jump was.
  const clock = new SettledClock();
  let sweeping = false;
  const sweep = async () => {
    if (sweeping) return;
    sweeping = true;
    try {
      const counts = await sweepExpired({ ...options, now: () => clock.now() });
      if (Object.values(counts).some((count) => count > 0)) logger.info(counts, 'expired things deleted');
    } catch (err) {
      logger.error({ err }, 'expired things could not be deleted');
    } finally {
      sweeping = false;
    }
  };
  void sweep();
  const timer = setInterval(sweep, SWEEP_INTERVAL_MS).unref();
  return () => clearInterval(timer);
}

async function inBatches(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = BATCH; count === BATCH; total += count) {
    count = await deleteSome(BATCH);
    await yieldToOthers();
  }
  return total;
}
