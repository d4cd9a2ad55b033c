import { describe, expect, it } from 'vitest';
import {
  claimed,
  completeJob,
  createFile,
  createJob,
  makeJob,
  makeParse,
  OUTCOME,
  PROJECT,
  parsed,
  WORKER,
} from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** How every JobStore must accept jobs. */
export function describeJobCreation(open: OpenStoreUnderTest): void {
  describeCreation(open);
  describeWaiting(open);
}

function describeCreation(open: OpenStoreUnderTest): void {
  describe('creating', () => {
    it('keeps everything as it was given', async () => {
      const { store } = await open();
      const job = makeJob({
        inputType: 'parse_job_id',
        input: 'ä "quoted" \u0000 input',
        parseJobId: 'pjb-a',
        configurationId: 'cfg-a',
        transactionId: 't-1',
        webhooks: { targets: [{ isAllowed: false, webhookId: 'whc-a' }] },
      });
      const created = await createJob(store, job);
      expect(created).toEqual({
        ...job,
        id: expect.stringMatching(/^clj-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        status: 'PENDING',
        result: null,
        errorMessage: null,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        updatedAt: created.createdAt,
      });
      expect(await store.jobs.get(created.id)).toEqual(created);
      expect(await store.jobs.get(created.id, PROJECT)).toEqual(created);
      expect(await store.jobs.get(created.id, 'another')).toBeUndefined();
      expect(await store.jobs.get('clj-unknown')).toBeUndefined();
    });

    it('gives one job for two simultaneous creates with one transaction id', async () => {
      const { store } = await open();
      const creations = await Promise.all(
        [1, 2, 3].map(() => store.jobs.create(makeJob({ transactionId: 't' }), { maxPending: 10 })),
      );
      expect(creations.map(({ outcome }) => outcome).sort()).toEqual(['created', 'existing', 'existing']);
      expect(new Set(creations.map((creation) => 'job' in creation && creation.job.id)).size).toBe(1);
      expect((await store.jobs.counts()).byStatus.PENDING).toBe(1);
    });

    it('gives the existing job in its present state, whatever else is asked for', async () => {
      const { store } = await open();
      const { id } = await createJob(store, { transactionId: 't' });
      const ended = await completeJob(store);
      const creation = await store.jobs.create(makeJob({ transactionId: 't', input: 'dfl-b' }), { maxPending: 0 });
      expect(creation).toEqual({ outcome: 'existing', job: ended });
      expect(ended.id).toBe(id);
    });

    it('keeps transaction ids of projects apart, and those that are null', async () => {
      const { store } = await open();
      const ids = [
        await createJob(store, { transactionId: 't' }),
        await createJob(store, { transactionId: 't', projectId: 'another' }),
        await createJob(store),
        await createJob(store),
      ].map(({ id }) => id);
      expect(new Set(ids).size).toBe(4);
      expect((await store.jobs.findByTransaction('another', 't'))?.id).toBe(ids[1]);
      expect(await store.jobs.findByTransaction('another', 'u')).toBeUndefined();
    });

    it('frees a transaction id when its job is deleted', async () => {
      const { store } = await open();
      const first = await createJob(store, { transactionId: 't' });
      await store.jobs.cancel(first.id);
      await store.jobs.delete(first.id);
      expect(await store.jobs.findByTransaction(PROJECT, 't')).toBeUndefined();
      expect((await createJob(store, { transactionId: 't' })).id).not.toBe(first.id);
    });

    it('refuses a job when as many wait as may, over all projects', async () => {
      const { store } = await open();
      await createJob(store, { projectId: 'another' });
      await createJob(store);
      expect(await store.jobs.create(makeJob(), { maxPending: 2 })).toEqual({ outcome: 'full', pending: 2 });
      await claimed(store);
      expect((await store.jobs.create(makeJob(), { maxPending: 2 })).outcome).toBe('created');
    });
  });
}

function describeWaiting(open: OpenStoreUnderTest): void {
  describe('a job whose input is a parse job', () => {
    const inputOf = (id: string) => ({
      inputType: 'parse_job_id' as const,
      input: id,
      sourceId: id,
      parseJobId: id,
    });

    it.each(['completed', 'failed'])('is not claimed before that has %s', async (end) => {
      const { store } = await open();
      const parse = await store.parses.create(makeParse(await createFile(store, 'a')));
      const waiting = await createJob(store, inputOf(parse.id));
      const later = await createJob(store);
      expect((await store.jobs.counts()).oldestPending).toBe(waiting.createdAt);
      expect((await store.jobs.claim(WORKER))?.id).toBe(later.id);
      expect(await store.jobs.claim(WORKER)).toBeUndefined();
      await store.parses.claim(WORKER);
      expect(await store.jobs.claim(WORKER)).toBeUndefined();
      const lease = { id: parse.id, owner: WORKER.owner };
      if (end === 'completed') await store.parses.complete(lease, OUTCOME);
      else await store.parses.fail(lease, 'document.corrupt: repair it');
      expect((await store.jobs.claim(WORKER))?.id).toBe(waiting.id);
    });

    it('is claimed at once when that has ended before, or is unknown', async () => {
      const { store } = await open();
      const parse = await parsed(store, await createFile(store, 'a'));
      const ids = [(await createJob(store, inputOf(parse.id))).id, (await createJob(store, inputOf('pjb-gone'))).id];
      expect([(await claimed(store)).id, (await claimed(store)).id]).toEqual(ids);
    });
  });
}
