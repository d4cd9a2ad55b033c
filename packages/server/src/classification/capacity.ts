import { DocketError } from '@docket/core';
import type { Store } from '@docket/store';
import type { Services } from '../services.js';

const LEAST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

/** What is waited for before a client tries again: that so much of the backlog is worked off. */
const BACKLOG_SHARE = 0.01;

/** How long an answer about free space is good for. */
const FREE_BYTES_AGE_MS = 1000;

const lastAnswers = new WeakMap<Store, { readonly bytes: Promise<number>; readonly asked: number }>();

/**
 * Refuses while the disk is nearly full.
 * @throws DocketError `capacity.disk_full`
 */
export async function assertFreeSpace({ store, settings, runner }: Services): Promise<void> {
  const free = await freeBytesOf(store);
  if (free >= settings.minFreeBytes) return;
  const { byStatus } = await store.jobs.counts();
  const message = `The disk is nearly full: ${mebibytes(free)} MiB are free and ${mebibytes(settings.minFreeBytes)} MiB are kept free; delete files or lower disk.minFreeMb`;
  throw new DocketError('capacity.disk_full', message, {
    data: { freeBytes: free, retryAfterMs: retryAfterMs(byStatus.PENDING, runner.jobsPerSecond) },
  });
}

/** What a create answers when as many jobs wait as may. */
export function tooManyJobs(pending: number, { runner }: Services): DocketError {
  const message = `Too many jobs are waiting (${pending}); try again later`;
  return new DocketError('capacity.too_many_jobs', message, {
    data: { pending, retryAfterMs: retryAfterMs(pending, runner.jobsPerSecond) },
  });
}

/** Time until a hundredth of the backlog is worked off, at least half a second and at most a minute. */
export function retryAfterMs(pending: number, jobsPerSecond: number): number {
  if (pending === 0) return LEAST_WAIT_MS;
  const estimated = Math.ceil(((pending * BACKLOG_SHARE) / jobsPerSecond) * 1000);
  return Math.min(Math.max(estimated, LEAST_WAIT_MS), LONGEST_WAIT_MS);
}

function freeBytesOf(store: Store): Promise<number> {
  const last = lastAnswers.get(store);
  if (last && performance.now() - last.asked < FREE_BYTES_AGE_MS) return last.bytes;
  const bytes = store.freeBytes();
  lastAnswers.set(store, { bytes, asked: performance.now() });
  bytes.catch(() => lastAnswers.delete(store));
  return bytes;
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
