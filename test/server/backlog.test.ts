import { afterEach, describe, expect, test } from 'vitest';
import { type DocketServer, type ServerOptions, startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient } from './support/api-client.js';
import { readAudit, startAudit } from './support/audit.js';
import { CONFIGURATION, RULES, tinyInvoice } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';
import { launchServer } from './support/launch-server.js';
import { MOST_RUNNING, pauseEngine } from './support/paused-engine.js';

const JOBS = 5_000;
const LATE_JOBS = 200;
const WIDTH = 32;
const LONGEST_RETRY_MS = 60_000;
const MAX_PENDING = 5;

test(`${JOBS} jobs, created as fast as the client can, are all completed, none twice`, {
  timeout: 180_000,
}, async () => {
  const dataFolder = temporaryFolder();
  await startAudit(dataFolder);
  await using server = await startServer({ dataFolder });
  const client = new ApiClient(server.url);
  const { id: file_input } = await client.upload(tinyInvoice());
  const create = async () => (await client.create({ file_input, configuration: CONFIGURATION })).id;

  const started = performance.now();
  const ids = await inParallel({ count: JOBS, width: WIDTH }, create);
  const createdMs = performance.now() - started;
  const listing = client.jobs();
  const late = inParallel({ count: LATE_JOBS, width: 2 }, create);
  // While all that goes on, it answers.
  const [probe, job] = await Promise.all([client.send('GET', '/health/live'), client.job(ids[JOBS - 1] ?? '')]);
  expect(probe.status).toBe(200);
  expect(job.id).toBe(ids[JOBS - 1]);
  const [listed, lateIds] = await Promise.all([listing, late]);
  await client.allEnded(120_000);
  const drainedMs = performance.now() - started;

  const created = new Set([...ids, ...lateIds]);
  expect(created.size).toBe(JOBS + LATE_JOBS);
  expectUnshifted(
    listed.map(({ id }) => id),
    { ids, lateIds },
  );
  const jobs = await client.jobs();
  expect(new Set(jobs.map(({ id }) => id))).toEqual(created);
  expect(jobs).toHaveLength(created.size);
  expect(tally(jobs.map(({ status, result }) => `${status} ${result?.type}`))).toEqual({
    'COMPLETED invoice': created.size,
  });
  expect(readAudit(dataFolder).filter(({ endings, results }) => endings !== 1 || results !== 1)).toEqual([]);
  console.log(`backlog: ${JOBS} created in ${Math.round(createdMs)} ms, all ended after ${Math.round(drainedMs)} ms`);
});

/** The list was begun when the first jobs were there: it has each of them once, and what came later at its head alone. */
function expectUnshifted(
  listed: readonly string[],
  { ids, lateIds }: { readonly ids: readonly string[]; readonly lateIds: readonly string[] },
): void {
  expect(new Set(listed).size).toBe(listed.length);
  const late = new Set(lateIds);
  const firstOld = listed.findIndex((id) => !late.has(id));
  expect(listed.slice(firstOld).sort()).toEqual([...ids].sort());
}

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

let server: DocketServer | undefined;

afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

async function start(options: ServerOptions): Promise<ApiClient> {
  server = await startServer(options);
  return new ApiClient(server.url);
}

function expectRetryHeaders(headers: Headers): void {
  const waitMs = Number(headers.get('retry-after-ms'));
  expect(waitMs).toBeGreaterThan(0);
  expect(waitMs).toBeLessThanOrEqual(LONGEST_RETRY_MS);
  expect(headers.get('retry-after')).toBe(String(Math.ceil(waitMs / 1000)));
}

describe.runIf(canListProcesses)('a full queue', () => {
  test('refuses more with 429, knows what it has, and takes new jobs when there is room again', async () => {
    const client = await start({
      args: ['--concurrency', '1'],
      env: { DOCKET_JOBS_MAX_PENDING: String(MAX_PENDING) },
    });
    const { id: file_input } = await client.upload(tinyInvoice());
    const body = { file_input, configuration: CONFIGURATION };
    const known = { ...body, transaction_id: 'known' };
    {
      using _paused = pauseEngine(server ?? { processId: 0 });
      const first = await client.create(known);
      const burst = await inParallel({ count: 20, width: 20 }, () => client.sendCreate(body));
      const refused = burst.filter(({ status }) => status !== 200);
      expect(burst.length - refused.length).toBeGreaterThanOrEqual(MAX_PENDING - 1);
      expect(burst.length - refused.length).toBeLessThan(MAX_PENDING + MOST_RUNNING);
      for (const answer of refused) {
        expect(answer).toMatchObject({ status: 429, body: { detail: expect.stringContaining('Too many jobs') } });
        expect(answer.headers.get('docket-error-code')).toBe('capacity.too_many_jobs');
        expectRetryHeaders(answer.headers);
      }
      expect(await client.sendCreate(known)).toMatchObject({ status: 200, body: { id: first.id } });
    }
    await client.allEnded();
    expect(await client.classify(body)).toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' } });
  });
});

test('a disk that is nearly full: uploads and creates get 429, readiness names it, what is there still answers', async () => {
  const dataFolder = temporaryFolder();
  const roomy = await start({ dataFolder });
  const { id: file_input } = await roomy.upload(tinyInvoice());
  const job = await roomy.classify({ file_input, configuration: CONFIGURATION, transaction_id: 'known' });
  await server?.stop();

  await using full = launchServer({ dataFolder, env: { DOCKET_DISK_MIN_FREE_MB: String(2 ** 40) } });
  const client = new ApiClient(await full.address);
  const answers = [
    await client.sendFile(tinyInvoice(2)),
    await client.sendCreate({ file_input, configuration: { rules: RULES } }),
  ];
  for (const { status, headers, body } of answers) {
    expect(status).toBe(429);
    expect(headers.get('docket-error-code')).toBe('capacity.disk_full');
    expect(body).toMatchObject({ detail: expect.stringContaining('disk') });
    expectRetryHeaders(headers);
  }
  const ready = await client.send('GET', '/health/ready');
  expect(ready.status).toBe(503);
  expect(JSON.stringify(ready.body)).toContain('disk');
  expect((await client.send('GET', '/health/live')).status).toBe(200);
  expect(await client.job(job.id)).toEqual(job);
  const again = await client.sendCreate({ file_input, configuration: CONFIGURATION, transaction_id: 'known' });
  expect(again).toMatchObject({ status: 200, body: { id: job.id } });
});
