import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@docket/store';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningRetentionOptions, startRetention, sweepExpired } from './retention.js';
import { SettledClock } from './settled-clock.js';

const HOUR_MS = 3_600_000;

let folder: string;
let store: Store;
let nowMs: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-retention-'));
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  store = await openStore({ folder, now: () => nowMs });
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function upload(text: string) {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  await using content = await store.files.receive(bytes, { maxBytes: 1000 });
  const file = { projectId: 'p', name: 'a.txt', purpose: null, externalFileId: null, expiresAt: null };
  return await store.files.create(file, content);
}

async function completedJob(contentHash: string): Promise<string> {
  const creation = await store.jobs.create(
    {
      projectId: 'p',
      inputType: 'file_id',
      input: 'dfl-1',
      sourceId: 'dfl-1',
      configuration: { rules: [], mode: 'FAST', parsing: null },
      configurationId: null,
      transactionId: null,
      parseJobId: null,
      webhooks: null,
    },
    { maxPending: 10_000 },
  );
  if (creation.outcome !== 'created') throw new Error(creation.outcome);
  const lease = { id: creation.job.id, owner: 'me' };
  await store.jobs.claim({ owner: 'me', leaseMs: 1000 });
  await store.jobs.complete(lease, {
    result: { type: 'a', confidence: 0.9, reasoning: 'reads "x"' },
    reading: {},
    contentHash,
    reasoningWithoutQuotes: 'reads [removed]',
    explanation: { quote: 'x' },
  });
  return creation.job.id;
}

it('goes by the time of the store, whatever the clock of this machine says', async () => {
  const { contentHash } = await upload('a');
  const logger = pino({ level: 'silent' });
  const end = startRetention({ store, purgeQuotesOnDelete: false, logger, filesMs: HOUR_MS });
  onTestFinished(end);
  await end();
  // This machine is months ahead.
  expect(await store.files.locate(contentHash)).toBeDefined();
  nowMs += 2 * HOUR_MS;
  await startRetention({ store, purgeQuotesOnDelete: false, logger, filesMs: HOUR_MS })();
  expect(
    (await store.files.list({ projectId: 'p', limit: 1, order: { by: 'id', direction: 'ascending' } })).total,
  ).toBe(0);
});

it('deletes nothing by default', async () => {
  const { contentHash } = await upload('a');
  await completedJob(contentHash);
  nowMs += 1000 * HOUR_MS;
  expect(await sweepExpired({ store, purgeQuotesOnDelete: true })).toEqual({
    jobs: 0,
    files: 0,
    parses: 0,
    explanations: 0,
    deliveries: 0,
  });
});

it('deletes each kind of thing after its own time, in batches', async () => {
  const old = await upload('old');
  const jobs: string[] = [];
  for (let count = 0; count < 450; count++) jobs.push(await completedJob(old.contentHash));
  nowMs += 2 * HOUR_MS;
  const young = await upload('young');
  const youngJob = await completedJob(young.contentHash);
  const options = { store, purgeQuotesOnDelete: true };
  expect(await sweepExpired({ ...options, resultsMs: HOUR_MS })).toMatchObject({
    explanations: 450,
    deliveries: 0,
    jobs: 0,
    files: 0,
  });
  expect(await store.jobs.explanation(jobs[0] ?? '')).toBeUndefined();
  expect(await store.jobs.explanation(youngJob)).toEqual({ quote: 'x' });
  expect(await sweepExpired({ ...options, filesMs: HOUR_MS })).toMatchObject({ files: 1, jobs: 0 });
  expect((await store.jobs.get(jobs[0] ?? ''))?.result?.reasoning).toBe('reads [removed]');
  expect((await store.jobs.get(youngJob))?.result?.reasoning).toBe('reads "x"');
  expect(await sweepExpired({ ...options, jobsMs: HOUR_MS })).toMatchObject({ jobs: 450, files: 0 });
  expect((await store.jobs.counts()).byStatus.COMPLETED).toBe(1);
});

it('goes by the time that it is told, whatever the clock of the machine did', async () => {
  await upload('a');
  const now = nowMs + HOUR_MS / 2;
  nowMs += 24 * HOUR_MS;
  const options = { store, purgeQuotesOnDelete: true, filesMs: HOUR_MS };
  expect(await sweepExpired({ ...options, now: () => now })).toMatchObject({ files: 0 });
  expect(await sweepExpired(options)).toMatchObject({ files: 1 });
});

describe('startRetention', () => {
  const start = (options: Partial<RunningRetentionOptions>) => {
    const end = startRetention({
      store,
      purgeQuotesOnDelete: true,
      logger: pino({ level: 'silent' }),
      intervalMs: 1,
      ...options,
    });
    onTestFinished(end);
    return end;
  };

  it('lets files stay when the clock of the machine jumps ahead and back, and deletes them when it stays ahead', async () => {
    const { id } = await upload('a');
    let elapsed = 0;
    const sweeps = vi.spyOn(store.files, 'deleteOld');
    const nextSweeps = async () => {
      const count = sweeps.mock.calls.length;
      await vi.waitFor(() => expect(sweeps.mock.calls.length).toBeGreaterThan(count + 2));
    };
    start({ clock: new SettledClock({ now: () => nowMs, elapsed: () => elapsed }), filesMs: 12 * HOUR_MS });
    for (const jump of [24 * HOUR_MS, -24 * HOUR_MS, 24 * HOUR_MS]) {
      await nextSweeps();
      nowMs += jump;
    }
    await nextSweeps();
    expect(await store.files.get(id)).toBeDefined();
    nowMs += HOUR_MS;
    elapsed += HOUR_MS;
    await vi.waitFor(async () => expect(await store.files.get(id)).toBeUndefined());
  });

  it('deletes nothing at a start with a clock that is far ahead of the newest thing in the store', async () => {
    const { id } = await upload('a');
    await store.close();
    store = await openStore({ folder });
    const sweeps = vi.spyOn(store.files, 'deleteOld');
    start({ filesMs: HOUR_MS });
    await vi.waitFor(() => expect(sweeps.mock.calls.length).toBeGreaterThan(2));
    expect(await store.files.get(id)).toBeDefined();
  });

  it('ends a sweep that is under way between two batches', async () => {
    const { contentHash } = await upload('a');
    for (let count = 0; count < 250; count++) await completedJob(contentHash);
    nowMs += 2 * HOUR_MS;
    const batches = vi.spyOn(store.jobs, 'deleteEndedBefore');
    const end = start({ clock: new SettledClock({ now: () => nowMs, elapsed: () => 0 }), jobsMs: HOUR_MS });
    expect(batches).toHaveBeenCalledOnce();
    await end();
    expect(batches).toHaveBeenCalledOnce();
    expect((await store.jobs.counts()).byStatus.COMPLETED).toBe(150);
  });

  it('holds whoever ends it until the batch that is being deleted is', async () => {
    let finish = (_count: number) => {};
    const batch = new Promise<number>((resolve) => {
      finish = resolve;
    });
    vi.spyOn(store.jobs, 'deleteEndedBefore').mockReturnValue(batch);
    const deleteOld = vi.spyOn(store.files, 'deleteOld');
    const ended = vi.fn();
    const ending = start({ jobsMs: HOUR_MS })().then(ended);
    await new Promise(setImmediate);
    expect(ended).not.toHaveBeenCalled();
    finish(100);
    await ending;
    expect(deleteOld).not.toHaveBeenCalled();
  });
});

it('deletes deliveries that ended long ago, and none that waits', async () => {
  const endpoint = {
    url: 'https://a.example/',
    host: 'a.example',
    headers: {},
    events: null,
    format: 'json' as const,
    secret: null,
  };
  const job = {
    projectId: 'p',
    inputType: 'file_id' as const,
    input: 'dfl-1',
    sourceId: 'dfl-1',
    configuration: { rules: [], mode: 'FAST' as const, parsing: null },
    configurationId: null,
    transactionId: null,
    parseJobId: null,
    webhooks: { targets: [{ isAllowed: true, endpoint }] },
  };
  for (let count = 0; count < 2; count++) await store.jobs.create(job, { maxPending: 10_000 });
  const delivery = await store.deliveries.claim({ owner: 'me', leaseMs: 1000, busyHosts: [] });
  const attempt = { startedAt: store.clock.now(), durationMs: 1, statusCode: 200 };
  await store.deliveries.finish({ id: delivery?.id ?? '', owner: 'me' }, attempt, { status: 'DELIVERED' });
  nowMs += 2 * HOUR_MS;
  expect(await sweepExpired({ store, purgeQuotesOnDelete: false, webhooksMs: 3 * HOUR_MS })).toMatchObject({
    deliveries: 0,
  });
  expect(await sweepExpired({ store, purgeQuotesOnDelete: false, webhooksMs: HOUR_MS })).toMatchObject({
    deliveries: 1,
  });
  expect((await store.deliveries.list({ projectId: 'p', limit: 9 })).items).toMatchObject([{ status: 'PENDING' }]);
});
