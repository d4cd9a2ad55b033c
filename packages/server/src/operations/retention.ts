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
  /** Since a webhook was delivered or given up. */
  readonly webhooksMs?: number | undefined;
}

/** What {@link sweepExpired} works with. */
export interface RetentionOptions extends RetentionSettings {
  readonly store: Store;
  /** Whether what is deleted is also taken out of the reasoning. */
  readonly purgeQuotesOnDelete: boolean;
  /** Milliseconds since 1970, by which things are old; the time of the store unless said otherwise. */
  readonly now?: () => number;
  /** Ends it after the step that it is at. */
  readonly signal?: AbortSignal;
}

/** What {@link startRetention} works with. */
export interface RunningRetentionOptions extends Omit<RetentionOptions, 'now' | 'signal'> {
  readonly logger: Logger;
  /** For tests. */
  readonly clock?: SettledClock;
  /** For tests. @default SWEEP_INTERVAL_MS */
  readonly intervalMs?: number;
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
  readonly deliveries: number;
}

/** Deletes what is older than it may be. */
export async function sweepExpired(options: RetentionOptions): Promise<SweepCounts> {
  const { store, jobsMs, filesMs, resultsMs, webhooksMs, signal } = options;
  const nowMs = options.now?.() ?? Date.parse(store.clock.now());
  const now = toInstant(nowMs);
  const before = (ageMs: number) => toInstant(nowMs - ageMs);
  const old = { now, createdBefore: filesMs ? before(filesMs) : undefined, purgeQuotes: options.purgeQuotesOnDelete };
  return {
    jobs: jobsMs ? await inBatches((limit) => store.jobs.deleteEndedBefore(before(jobsMs), limit), signal) : 0,
    files: await inBatches(async (limit) => (await store.files.deleteOld(old, limit)).length, signal),
    parses: resultsMs
      ? await inBatches((limit) => store.parses.deleteEndedBefore(before(resultsMs), limit), signal)
      : 0,
    explanations: resultsMs
      ? await inBatches((limit) => store.jobs.deleteExplanationsBefore(before(resultsMs), limit), signal)
      : 0,
    deliveries: webhooksMs
      ? await inBatches((limit) => store.deliveries.deleteEndedBefore(before(webhooksMs), limit), signal)
      : 0,
  };
}

/** Sweeps now and every minute. @returns Ends it, also a sweep that is under way: the store may be closed after that */
export function startRetention(options: RunningRetentionOptions): () => Promise<void> {
  // `store.clock` never goes back: after a jump ahead and back, it would be ahead for as long as the jump was.
  const { logger, clock = clockOf(options.store), intervalMs = SWEEP_INTERVAL_MS, ...retention } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let sweeping: Promise<void> | undefined;
  const sweep = () => {
    sweeping ??= sweepAndTell({ ...retention, now: () => clock.now(), signal }, logger).finally(() => {
      sweeping = undefined;
    });
  };
  sweep();
  const timer = setInterval(sweep, intervalMs).unref();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await sweeping;
  };
}

/** The time of the store: on machines that share one, their clocks may differ. */
function clockOf(store: Store): SettledClock {
  const { newestInstant } = store;
  return new SettledClock({
    now: () => store.nowMs(),
    knownMs: newestInstant === undefined ? undefined : Date.parse(newestInstant),
  });
}

/** Never rejects. */
async function sweepAndTell(options: RetentionOptions, logger: Logger): Promise<void> {
  try {
    const counts = await sweepExpired(options);
    if (Object.values(counts).some((count) => count > 0)) logger.info(counts, 'expired things deleted');
  } catch (err) {
    logger.error({ err }, 'expired things could not be deleted');
  }
}

async function inBatches(
  deleteSome: (limit: number) => Promise<number>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let total = 0;
  for (let count = BATCH; count === BATCH && !signal?.aborted; total += count) {
    count = await deleteSome(BATCH);
    await yieldToOthers();
  }
  return total;
}
