import { describe, expect, it } from 'vitest';
import type { Store, StoredFile } from '../index.js';
import type { JobReading, JobStatus } from '../ports/job-store.js';
import { describeJobCreation } from './describe-job-creation.js';
import { describeJobLists } from './describe-job-lists.js';
import { describeLeasedWork } from './describe-leased-work.js';
import {
  claimed,
  completeJob,
  createFile,
  createJob,
  known,
  makeCompletion,
  makeParse,
  OUTCOME,
  PROJECT,
  WORKER,
} from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

const NONE: Record<JobStatus, number> = { PENDING: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };

/** What every JobStore must do. */
export function describeJobStore(open: OpenStoreUnderTest): void {
  describe('JobStore', () => {
    describeLeasedWork(open, {
      of: (store) => store.jobs,
      create: (store) => createJob(store),
      complete: (store, id, owner) => store.jobs.complete({ id, owner }, makeCompletion()),
    });
    describeJobCreation(open);
    describeEnds(open);
    describeRetention(open);
    describeJobLists(open);
  });
}

function describeEnds(open: OpenStoreUnderTest): void {
  describe('ends', () => {
    it('completes with a result and what is behind it', async () => {
      const { store } = await open();
      const { contentHash } = await createFile(store, 'a');
      const created = await createJob(store);
      const job = await completeJob(store, { contentHash });
      expect(job).toEqual({
        ...created,
        status: 'COMPLETED',
        result: makeCompletion().result,
        updatedAt: job.updatedAt,
      });
      expect(job.updatedAt > created.createdAt).toBe(true);
      expect(await store.jobs.explanation(job.id)).toEqual(makeCompletion().explanation);
      expect(await store.jobs.explanation('clj-unknown')).toBeUndefined();
    });

    it('keeps an answer that nothing matched, exactly', async () => {
      const { store } = await open();
      await createJob(store, { parseJobId: 'pjb-input' });
      const result = { type: null, confidence: 0.1 + 0.2, reasoning: '' };
      const job = await completeJob(store, { result, explanation: undefined });
      expect(job.result).toEqual(result);
      expect(job.parseJobId).toBe('pjb-input');
      expect(await store.jobs.explanation(job.id)).toBeUndefined();
    });

    it('keeps what was read with the answer, and leaves a parse job behind that nobody claims', async () => {
      const { store } = await open();
      const file = await createFile(store, 'a');
      await createJob(store);
      const job = await completeJob(store, { reading: readingOf(file) });
      const parse = await known(store.parses.get(job.parseJobId ?? ''));
      expect(parse).toMatchObject({ status: 'COMPLETED', outcome: OUTCOME, contentHash: file.contentHash });
      expect(await store.parses.claim(WORKER)).toBeUndefined();
      expect(await keptText(store, file)).toBe('page one');
    });

    it('keeps nothing of what was read when the lease is not held any more', async () => {
      const { store } = await open();
      const file = await createFile(store, 'a');
      const { id } = await createJob(store);
      await claimed(store);
      await store.jobs.cancel(id);
      const completion = makeCompletion({ reading: readingOf(file) });
      expect(await store.jobs.complete({ id, owner: WORKER.owner }, completion)).toBe(false);
      expect(await store.jobs.get(id)).toMatchObject({ status: 'CANCELLED', parseJobId: null });
      expect(await keptText(store, file)).toBeUndefined();
    });

    it('keeps no pages of a content that is gone', async () => {
      const { store } = await open();
      const file = await createFile(store, 'a');
      await store.files.delete(file.id);
      await createJob(store);
      const job = await completeJob(store, { reading: readingOf(file) });
      expect(await known(store.parses.get(job.parseJobId ?? ''))).toMatchObject({ name: '', contentHash: null });
      expect(await keptText(store, file)).toBeUndefined();
    });

    it('keeps no explanation of a content that is gone, and no quotes when they are to go with it', async () => {
      const { store } = await open();
      const { id, contentHash } = await createFile(store, 'a');
      for (let count = 0; count < 4; count++) await createJob(store);
      const complete = (purgeQuotes: boolean) => completeJob(store, { contentHash }, { purgeQuotes });
      const before = await complete(true);
      await store.files.delete(id);
      const [kept, purged] = [await complete(false), await complete(true)];
      const reasonings = [before, kept, purged].map(({ result }) => result?.reasoning);
      const { result, reasoningWithoutQuotes } = makeCompletion();
      expect(reasonings).toEqual([result.reasoning, result.reasoning, reasoningWithoutQuotes]);
      for (const job of [before, kept, purged]) expect(await store.jobs.explanation(job.id)).toBeUndefined();
    });

    it.each(['PENDING', 'RUNNING'])('cancels a job that is %s, and drops what comes after', async (status) => {
      const { store, advance } = await open();
      const { id } = await createJob(store);
      if (status === 'RUNNING') await claimed(store);
      const cancellation = await store.jobs.cancel(id, PROJECT);
      expect(cancellation).toMatchObject({ outcome: 'cancelled', job: { id, status: 'CANCELLED', result: null } });
      advance(WORKER.leaseMs);
      expect(await store.jobs.complete({ id, owner: WORKER.owner }, makeCompletion())).toBe(false);
      expect(await store.jobs.explanation(id)).toBeUndefined();
      expect(await store.jobs.claim(WORKER)).toBeUndefined();
      expect(await store.jobs.get(id)).toEqual('job' in cancellation && cancellation.job);
    });

    it('cancels nothing that has ended or is unknown', async () => {
      const { store } = await open();
      const { id } = await createJob(store);
      expect(await store.jobs.cancel(id, 'another')).toEqual({ outcome: 'unknown' });
      expect(await store.jobs.cancel('clj-unknown')).toEqual({ outcome: 'unknown' });
      const job = await completeJob(store);
      expect(await store.jobs.cancel(id)).toEqual({ outcome: 'ended', job });
    });

    it('deletes a job that has ended, and no other', async () => {
      const { store } = await open();
      const { contentHash } = await createFile(store, 'a');
      const { id } = await createJob(store);
      expect(await store.jobs.delete(id)).toMatchObject({ outcome: 'active', job: { status: 'PENDING' } });
      const job = await completeJob(store, { contentHash });
      expect(await store.jobs.explanation(id)).toBeDefined();
      expect(await store.jobs.delete(id, 'another')).toEqual({ outcome: 'unknown' });
      expect(await store.jobs.delete(id)).toEqual({ outcome: 'deleted', job });
      expect(await store.jobs.delete(id)).toEqual({ outcome: 'unknown' });
      expect(await store.jobs.get(id)).toBeUndefined();
      expect(await store.jobs.explanation(id)).toBeUndefined();
    });

    it('deletes no job that runs', async () => {
      const { store } = await open();
      const { id } = await createJob(store);
      await claimed(store);
      expect(await store.jobs.delete(id)).toMatchObject({ outcome: 'active', job: { status: 'RUNNING' } });
    });

    it('counts jobs by state through every change', async () => {
      const { store, advance } = await open();
      const counts = () => store.jobs.counts();
      expect(await counts()).toEqual({ byStatus: NONE });
      const [first, second] = [await createJob(store), await createJob(store, { projectId: 'another' })];
      expect(await counts()).toEqual({ byStatus: { ...NONE, PENDING: 2 }, oldestPending: first.createdAt });
      await claimed(store);
      expect(await counts()).toEqual({
        byStatus: { ...NONE, PENDING: 1, RUNNING: 1 },
        oldestPending: second.createdAt,
      });
      advance(WORKER.leaseMs);
      await claimed(store);
      await store.jobs.release({ id: first.id, owner: WORKER.owner });
      expect((await counts()).byStatus).toEqual({ ...NONE, PENDING: 2 });
      await store.jobs.cancel(second.id);
      await completeJob(store);
      expect(await counts()).toEqual({ byStatus: { ...NONE, COMPLETED: 1, CANCELLED: 1 } });
      await store.jobs.delete(first.id);
      expect((await counts()).byStatus).toEqual({ ...NONE, CANCELLED: 1 });
    });
  });
}

function describeRetention(open: OpenStoreUnderTest): void {
  describe('forgetting', () => {
    it('deletes jobs that ended before a moment, the oldest first, as many as allowed', async () => {
      const { store } = await open();
      for (let count = 0; count < 5; count++) await createJob(store);
      const ended = [await completeJob(store), await completeJob(store), await completeJob(store)];
      const running = await claimed(store);
      const moment = ended[2]?.updatedAt ?? '';
      expect(await store.jobs.deleteEndedBefore(moment, 1)).toBe(1);
      expect(await store.jobs.get(ended[0]?.id ?? '')).toBeUndefined();
      expect(await store.jobs.deleteEndedBefore(moment, 10)).toBe(1);
      expect(await store.jobs.deleteEndedBefore(moment, 10)).toBe(0);
      expect(await store.jobs.deleteEndedBefore(store.clock.now(), 10)).toBe(1);
      expect((await store.jobs.get(running.id))?.status).toBe('RUNNING');
      expect((await store.jobs.counts()).byStatus).toEqual({ ...NONE, PENDING: 1, RUNNING: 1 });
    });

    it('deletes explanations of jobs that ended before a moment, and keeps the jobs', async () => {
      const { store } = await open();
      const { contentHash } = await createFile(store, 'a');
      for (let count = 0; count < 3; count++) await createJob(store);
      const complete = () => completeJob(store, { contentHash });
      const [first, second, third] = [await complete(), await complete(), await complete()];
      expect(await store.jobs.deleteExplanationsBefore(third.updatedAt, 1)).toBe(1);
      expect(await store.jobs.explanation(first.id)).toBeUndefined();
      expect(await store.jobs.explanation(second.id)).toBeDefined();
      expect(await store.jobs.deleteExplanationsBefore(third.updatedAt, 10)).toBe(1);
      expect(await store.jobs.explanation(third.id)).toBeDefined();
      expect(await known(store.jobs.get(first.id))).toEqual(first);
    });
  });
}

function readingOf(file: StoredFile): JobReading {
  const head = { format: 'txt' as const, pageCount: 1, readerIdentity: OUTCOME.readerIdentity };
  const read = { head, pages: [{ number: 1, data: Buffer.from('page one') }] };
  const key = { contentHash: file.contentHash, extension: '.txt' };
  return { kept: { key, read }, parse: { job: makeParse(file), outcome: OUTCOME } };
}

async function keptText(store: Store, { contentHash }: StoredFile): Promise<string | undefined> {
  const pages = await store.pages.pages(contentHash, OUTCOME.readerIdentity, [1]);
  return pages && Buffer.from(pages[0]?.data ?? []).toString();
}
