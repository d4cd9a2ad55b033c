import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DocketError, parseRuleSet } from '@docket/core';
import { type Job, type NewJob, openStore, type Store, type StoredFile } from '@docket/store';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMetrics } from '../operations/metrics.js';
import { classification, FakePool } from '../testing/fake-pool.js';
import { JobRunner, type JobRunnerOptions } from './job-runner.js';
import { Tunings } from './tunings.js';

const RULES = [{ type: 'invoice', description: 'A bill with a total due' }];
const WAIT_MS = 30_000;

let folder: string;
let store: Store;
let pool: FakePool;
const runners: JobRunner[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-runner-'));
  store = await openStore({ folder });
  pool = new FakePool();
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

function startRunner(changes: Partial<JobRunnerOptions> = {}): JobRunner {
  const logger = pino({ level: 'silent' });
  const metrics = createMetrics({ store, restarts: () => 0 });
  const tools = {
    store,
    pool,
    tunings: Tunings.NONE,
    logger,
    metrics,
    defaultMaxPages: 12,
    purgeQuotesOnDelete: false,
  };
  const runner = new JobRunner({ ...tools, ...changes });
  runners.push(runner);
  return runner;
}

async function upload(text = 'Total due 12', name = 'invoice.txt'): Promise<StoredFile> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  await using content = await store.files.receive(bytes, { maxBytes: 1000 });
  return await store.files.create(
    { projectId: 'p', name, purpose: null, externalFileId: null, expiresAt: null },
    content,
  );
}

async function createJob(changes: Partial<NewJob> & Pick<NewJob, 'sourceId'>): Promise<Job> {
  const job: NewJob = {
    projectId: 'p',
    inputType: 'file_id',
    input: changes.sourceId,
    configuration: { rules: RULES, mode: 'FAST', parsing: null },
    configurationId: null,
    transactionId: null,
    parseJobId: null,
    webhooks: null,
    ...changes,
  };
  const creation = await store.jobs.create(job, { maxPending: 1000 });
  if (creation.outcome !== 'created') throw new Error(creation.outcome);
  return creation.job;
}

/** A promise that the test resolves. */
function openPromise() {
  let resolve = () => {};
  const promise = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  return { promise, resolve };
}

describe('JobRunner', () => {
  it('does a job at once, and leaves result, parse job and explanation', async () => {
    const runner = startRunner();
    const { id: sourceId } = await upload();
    const { id } = await createJob({ sourceId });
    runner.wake();
    const job = await runner.waitForEnd(id, WAIT_MS);
    const { type, confidence, reasoning } = classification();
    expect(job).toMatchObject({ status: 'COMPLETED', result: { type, confidence, reasoning } });
    const parse = await store.parses.get(job?.parseJobId ?? '');
    expect(parse).toMatchObject({ status: 'COMPLETED', fileId: sourceId, outcome: { pages: [1], pageCount: 1 } });
    expect(await store.jobs.explanation(id)).toMatchObject({ scorer: 'fake', isRecalled: false, language: 'en' });
    expect(runner.jobsPerSecond).toBeGreaterThan(0);
  });

  it('takes up what waited before it was started', async () => {
    const { id: sourceId } = await upload();
    const jobs = await Promise.all(Array.from({ length: 20 }, () => createJob({ sourceId })));
    const runner = startRunner();
    const ended = await Promise.all(jobs.map(({ id }) => runner.waitForEnd(id, WAIT_MS)));
    expect(ended.map((job) => job?.status)).toEqual(jobs.map(() => 'COMPLETED'));
    expect(pool.requests).toHaveLength(20);
  });

  it('has a second process ready when there are jobs, and does them also when it has not', async () => {
    pool.readyError = new Error('spawn ENOMEM');
    const runner = startRunner();
    await runner.selfTest;
    const { id } = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    expect((await runner.waitForEnd(id, WAIT_MS))?.status).toBe('COMPLETED');
    expect(pool.readied).toEqual([2]);
  });

  it('claims no more than twice as much as there are processes, and the oldest first', async () => {
    pool.holds = true;
    const { id: sourceId } = await upload();
    const jobs: Job[] = [];
    for (let count = 0; count < 6; count++) jobs.push(await createJob({ sourceId }));
    startRunner();
    await pool.untilHeld(4);
    // There is no room; what is heard now must not be the last that is.
    runners[0]?.wake();
    expect((await store.jobs.counts()).byStatus).toMatchObject({ PENDING: 2, RUNNING: 4 });
    expect((await store.jobs.get(jobs[4]?.id ?? ''))?.status).toBe('PENDING');
    pool.held[0]?.finish();
    await pool.untilHeld(5);
    expect((await store.jobs.get(jobs[4]?.id ?? ''))?.status).toBe('RUNNING');
    expect((await store.jobs.get(jobs[5]?.id ?? ''))?.status).toBe('PENDING');
    pool.holds = false;
    for (const work of pool.held) work.finish();
    await Promise.all(jobs.map(({ id }) => runners[0]?.waitForEnd(id, WAIT_MS)));
  });

  it('claims what comes next while what came of a job is being stored, and begins it after that', async () => {
    pool.holds = true;
    const { id: sourceId } = await upload();
    const jobs: Job[] = [];
    for (let count = 0; count < 6; count++) jobs.push(await createJob({ sourceId }));
    const complete = store.jobs.complete.bind(store.jobs);
    const [begun, mayEnd] = [openPromise(), openPromise()];
    vi.spyOn(store.jobs, 'complete').mockImplementationOnce(async (...parameters) => {
      begun.resolve();
      await mayEnd.promise;
      return complete(...parameters);
    });
    const claimed = vi.spyOn(store.jobs, 'claim');
    startRunner();
    await pool.untilHeld(4);
    const claims = claimed.mock.calls.length;
    pool.held[0]?.finish();
    await begun.promise;
    await vi.waitFor(() => expect(claimed.mock.calls.length).toBeGreaterThan(claims));
    await claimed.mock.results.at(-1)?.value;
    expect((await store.jobs.counts()).byStatus).toMatchObject({ PENDING: 1, RUNNING: 5 });
    expect(pool.held).toHaveLength(4);
    mayEnd.resolve();
    await pool.untilHeld(5);
    pool.holds = false;
    for (const work of pool.held) work.finish();
    await Promise.all(jobs.map(({ id }) => runners[0]?.waitForEnd(id, WAIT_MS)));
  });

  it('does not read again what was read before', async () => {
    const runner = startRunner();
    const file = await upload();
    const first = await createJob({ sourceId: file.id });
    runner.wake();
    await runner.waitForEnd(first.id, WAIT_MS);
    const other = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await runner.waitForEnd(other.id, WAIT_MS);
    const path = join(folder, 'files', file.contentHash.slice(0, 2), file.contentHash);
    expect(pool.requests.map(({ document }) => document)).toMatchObject([
      { path, name: 'invoice.txt' },
      { read: { head: { format: 'txt' }, pages: [{ number: 1 }] } },
    ]);
    expect(await store.jobs.explanation(other.id)).toMatchObject({ isRecalled: true });
  });

  it('fails a job with the code and message of its error', async () => {
    pool.holds = true;
    const runner = startRunner();
    const { id } = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await pool.untilHeld(1);
    pool.held[0]?.fail(new DocketError('document.encrypted', 'the document needs a password; remove it first'));
    const errorMessage = 'document.encrypted: the document needs a password; remove it first';
    expect(await runner.waitForEnd(id, WAIT_MS)).toMatchObject({ status: 'FAILED', errorMessage, result: null });
  });

  it('fails a job whose document was deleted before it was read (resource.document_deleted)', async () => {
    const { id: sourceId } = await upload();
    const { id } = await createJob({ sourceId });
    await store.files.delete(sourceId);
    const job = await startRunner().waitForEnd(id, WAIT_MS);
    expect(job?.errorMessage).toMatch(/^resource\.document_deleted: the file dfl-.* upload it again$/);
  });

  it('fails a job whose document was deleted on its way to the engine', async () => {
    pool.holds = true;
    const runner = startRunner();
    const { id } = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await pool.untilHeld(1);
    pool.held[0]?.fail(new DocketError('resource.file_not_found', 'there is no file /data/files/ab/abcd'));
    const job = await runner.waitForEnd(id, WAIT_MS);
    expect(job?.errorMessage).toMatch(/^resource\.document_deleted: the document was deleted/);
  });

  it('stops the work on a cancelled job, and drops what comes of it', async () => {
    pool.holds = true;
    const runner = startRunner();
    const { id } = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await pool.untilHeld(1);
    expect(await store.jobs.cancel(id)).toMatchObject({ outcome: 'cancelled' });
    runner.abort(id);
    expect(pool.held[0]?.signal?.aborted).toBe(true);
    expect(await runner.waitForEnd(id, WAIT_MS)).toMatchObject({ status: 'CANCELLED', result: null });
    const late = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await pool.untilHeld(2);
    await store.jobs.cancel(late.id);
    pool.held[1]?.finish();
    await runner.stop();
    expect(await store.jobs.get(late.id)).toMatchObject({ status: 'CANCELLED', result: null });
    // What was dropped says nothing about how soon there is room for more.
    expect(runner.jobsPerSecond).toBe(0);
  });

  it('takes quotes out of an answer that comes after its document was deleted', async () => {
    pool.holds = true;
    const runner = startRunner({ purgeQuotesOnDelete: true });
    const file = await upload();
    const { id } = await createJob({ sourceId: file.id });
    runner.wake();
    await pool.untilHeld(1);
    await store.files.delete(file.id);
    pool.held[0]?.finish();
    const job = await runner.waitForEnd(id, WAIT_MS);
    expect(job?.result?.reasoning).toBe('Page 1 reads [removed].');
    expect(await store.jobs.explanation(id)).toBeUndefined();
  });

  it('tidies up with every beat, and says whether it is idle', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const tidy = vi.spyOn(store, 'tidy');
    const runner = startRunner();
    vi.advanceTimersByTime(5000);
    await vi.waitFor(() => expect(tidy).toHaveBeenLastCalledWith({ isIdle: true }));
    pool.holds = true;
    await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await pool.untilHeld(1);
    vi.advanceTimersByTime(5000);
    await vi.waitFor(() => expect(tidy).toHaveBeenLastCalledWith({ isIdle: false }));
    pool.held[0]?.finish();
  });

  it('knows when a job does not end in time, and what never was', async () => {
    pool.holds = true;
    const runner = startRunner();
    const { id } = await createJob({ sourceId: (await upload()).id });
    expect(await runner.waitForEnd(id, 1)).toBeUndefined();
    expect(await runner.waitForEnd(id, WAIT_MS, AbortSignal.abort())).toBeUndefined();
    expect(await runner.waitForEnd('clj-unknown', WAIT_MS)).toBeUndefined();
  });

  it('claims nothing when a tuning is of another engine', async () => {
    const decision = `decision: { rules: ${parseRuleSet(RULES).identity}, engine: other, floor: 0.5 }`;
    await writeFile(join(folder, 'tuned.yaml'), `rules: ${JSON.stringify(RULES)}\n${decision}\n`);
    const tunings = await Tunings.read(folder);
    expect(tunings.of(RULES)).toMatchObject({ floor: 0.5, file: 'tuned.yaml' });
    const { id: sourceId } = await upload();
    await createJob({ sourceId });
    const runner = startRunner({ tunings });
    await expect(runner.selfTest).rejects.toMatchObject({ code: 'request.stale_tuning' });
    expect(pool.held).toEqual([]);
  });

  it('claims nothing when the engine fails its self-test', async () => {
    pool.classify = () => Promise.reject(new DocketError('model.not_installed', 'the model is not there'));
    const { id } = await createJob({ sourceId: (await upload()).id });
    const runner = startRunner();
    await expect(runner.selfTest).rejects.toMatchObject({ code: 'model.not_installed' });
    runner.wake();
    await runner.stop();
    expect((await store.jobs.get(id))?.status).toBe('PENDING');
  });
});

describe('parse jobs', () => {
  async function createParse() {
    const { id: fileId, contentHash, name } = await upload();
    return await store.parses.create({ projectId: 'p', fileId, name, contentHash, tier: 'fast', parsing: null });
  }

  it('are done before the jobs that wait for them', async () => {
    const parse = await createParse();
    const { id } = await createJob({ sourceId: parse.id, inputType: 'parse_job_id', parseJobId: parse.id });
    const metrics = createMetrics({ store, restarts: () => 0 });
    const job = await startRunner({ metrics }).waitForEnd(id, WAIT_MS);
    expect(job).toMatchObject({ status: 'COMPLETED', parseJobId: parse.id });
    expect(pool.reads).toHaveLength(1);
    await vi.waitFor(async () => {
      const scraped = await metrics.scrape();
      expect(scraped).toContain('docket_extraction_seconds_count 2');
      expect(scraped).toContain('docket_scoring_seconds_count 1');
    });
    expect(pool.requests[0]).toMatchObject({ parsing: { withinPages: [1] }, document: { read: { pages: [{}] } } });
  });

  it('that fail fail the jobs that wait for them', async () => {
    pool.readError = new DocketError('document.no_text', 'there is no text on page 1');
    const parse = await createParse();
    const { id } = await createJob({ sourceId: parse.id, inputType: 'parse_job_id', parseJobId: parse.id });
    const job = await startRunner().waitForEnd(id, WAIT_MS);
    expect((await store.parses.get(parse.id))?.errorMessage).toBe('document.no_text: there is no text on page 1');
    expect(job?.errorMessage).toMatch(/^request\.invalid_input: parse job pjb-.* is FAILED: document\.no_text/);
  });
});

describe('a server that ends', () => {
  it('finishes what runs', async () => {
    pool.holds = true;
    const runner = startRunner();
    const { id } = await createJob({ sourceId: (await upload()).id });
    runner.wake();
    await pool.untilHeld(1);
    const stopped = runner.stop();
    pool.held[0]?.finish();
    await stopped;
    expect((await store.jobs.get(id))?.status).toBe('COMPLETED');
    expect(pool.isClosed).toBe(true);
  });

  it('gives back what a claim brings that was under way', async () => {
    const runner = startRunner();
    await runner.selfTest;
    const { id } = await createJob({ sourceId: (await upload()).id });
    const [asked, goOn] = [openPromise(), openPromise()];
    const claim = store.jobs.claim.bind(store.jobs);
    vi.spyOn(store.jobs, 'claim').mockImplementationOnce(async (options) => {
      const job = await claim(options);
      asked.resolve();
      await goOn.promise;
      return job;
    });
    runner.wake();
    await asked.promise;
    const stopped = runner.stop();
    setImmediate(() => goOn.resolve());
    await stopped;
    expect((await store.jobs.get(id))?.status).toBe('PENDING');
    expect(pool.requests).toEqual([]);
  });

  it('says goodbye after its last sign of life', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const said: string[] = [];
    const [asked, goOn] = [openPromise(), openPromise()];
    const cluster = {
      listen: () => () => {},
      workers: async () => [],
      leave: async () => void said.push('leave'),
      reportAlive: async () => {
        if (said.push('asked') === 1) return;
        asked.resolve();
        await goOn.promise;
        said.push('alive');
      },
    };
    const presence = { host: 'here', processId: 1, version: '1', models: [], serves: false };
    const shared = Object.assign(Object.create(store), { cluster }) as Store;
    const runner = startRunner({ store: shared, presence });
    await runner.selfTest;
    vi.advanceTimersByTime(5000);
    await asked.promise;
    const stopped = runner.stop();
    setImmediate(() => goOn.resolve());
    await stopped;
    expect(said).toEqual(['asked', 'asked', 'alive', 'leave']);
  });

  it('leaves what it ran to the next one; the third loss fails the job', async () => {
    const { id } = await createJob({ sourceId: (await upload()).id });
    for (let losses = 0; losses < 2; losses++) await loseLease();
    const rescued = startRunner();
    expect((await rescued.waitForEnd(id, WAIT_MS))?.status).toBe('COMPLETED');
    const other = await createJob({ sourceId: (await upload()).id });
    for (let losses = 0; losses < 3; losses++) await loseLease();
    const metrics = createMetrics({ store, restarts: () => 0 });
    const job = await startRunner({ metrics }).waitForEnd(other.id, WAIT_MS);
    expect(job?.errorMessage).toMatch(/^internal\.worker_crashed: .*3 times/);
    await vi.waitFor(async () =>
      expect(await metrics.scrape()).toContain('docket_jobs_ended_total{status="FAILED"} 1'),
    );
  });

  async function loseLease(): Promise<void> {
    await store.jobs.claim({ owner: 'a process that is gone', leaseMs: 60_000 });
    await store.jobs.forfeitLeases();
  }
});
