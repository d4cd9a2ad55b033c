import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MonotonicClock } from '../clock.js';
import { ContentFolder } from '../files/content-folder.js';
import type { FileOrder, StoredFile } from '../ports/file-store.js';
import { makeEndpoint } from '../testing/delivery-samples.js';
import {
  chunksOf,
  makeCompletion,
  makeFile,
  makeJob,
  makeParse,
  OUTCOME,
  PROJECT,
  WORKER,
} from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { type Parameters, SqliteDatabase } from './database.js';
import { migrate } from './migrate.js';
import { SqliteConfigurationStore } from './sqlite-configuration-store.js';
import { SqliteDeliveryStore } from './sqlite-delivery-store.js';
import { SqliteFileStore } from './sqlite-file-store.js';
import { SqliteJobStore } from './sqlite-job-store.js';
import { SqlitePageCache } from './sqlite-page-cache.js';
import { SqliteParseStore } from './sqlite-parse-store.js';
import { SqliteWebhookStore } from './sqlite-webhook-store.js';

/** Going through all rows of these is meant: few at a time, or ended by a LIMIT at the first. */
const ALLOWED_SCANS = [
  'SCAN CONSTANT ROW',
  'SCAN jobs USING INDEX jobs_running',
  'SCAN parse_jobs USING INDEX parse_jobs_running',
  'SCAN parse_jobs USING COVERING INDEX parse_jobs_pending',
  // One row for each host that something waits for.
  'SCAN waiting',
  // Deliveries that wait: once at the start, and when metrics are asked for.
  'SCAN deliveries USING INDEX deliveries_due',
  'SCAN deliveries USING COVERING INDEX deliveries_due',
];

const WINDOW = { projectId: PROJECT, limit: 10 };
const PAGE = { ...WINDOW, after: ['x', 'y'] };

/** Keeps the plan of everything that it runs. */
class PlannedDatabase extends SqliteDatabase {
  readonly plans = new Map<string, readonly string[]>();

  override get<Row>(sql: string, parameters: Parameters = {}): Row | undefined {
    this.#keepPlan(sql, parameters);
    return super.get<Row>(sql, parameters);
  }

  override all<Row>(sql: string, parameters: Parameters = {}): Row[] {
    this.#keepPlan(sql, parameters);
    return super.all<Row>(sql, parameters);
  }

  override run(sql: string, parameters: Parameters = {}): number {
    this.#keepPlan(sql, parameters);
    return super.run(sql, parameters);
  }

  #keepPlan(sql: string, parameters: Parameters): void {
    const steps = super.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    this.plans.set(
      sql,
      steps.map(({ detail }) => detail),
    );
  }
}

describe('query plans', () => {
  it('claims the oldest job by the ends of two indexes, however many wait', async () => {
    const { database, jobs, parses } = await openPlanned();
    await jobs.claim(WORKER);
    const plan = planOf(database);
    expect(plan).toContain('SEARCH jobs USING COVERING INDEX jobs_pending (waits_for=?)');
    expect(plan).toContain('SEARCH jobs USING INDEX jobs_running (lease_expires_at<?)');
    expect(plan.filter((step) => /^SCAN jobs/.test(step))).toEqual([]);
    await parses.claim(WORKER);
    expect(planOf(database)).toContain('SCAN parse_jobs USING COVERING INDEX parse_jobs_pending');
  });

  it('lists jobs by the index of what they are filtered by', async () => {
    const { database, jobs } = await openPlanned();
    const cases = [
      [{}, 'jobs_by_creation (project_id=? AND (created_at,id)<(?,?))'],
      [{ status: 'FAILED' as const }, 'jobs_by_status (project_id=? AND status=? AND (created_at,id)<(?,?))'],
      [
        { configurationId: 'c' },
        'jobs_by_configuration (project_id=? AND configuration_id=? AND (created_at,id)<(?,?))',
      ],
      [{ ids: ['a'] }, 'sqlite_autoindex_jobs_1 (id=?)'],
      [{ ids: ['a'], status: 'FAILED' as const, configurationId: 'c' }, 'sqlite_autoindex_jobs_1 (id=?)'],
    ] as const;
    for (const [query, index] of cases) {
      await jobs.list({ ...PAGE, ...query });
      expect(planOf(database)[0]).toBe(`SEARCH jobs USING INDEX ${index}`);
    }
  });

  it('finds files by what few have, and lists the others along their order', async () => {
    const { database, files } = await openPlanned();
    const order: FileOrder = { by: 'created_at', direction: 'descending' };
    const cases = [
      [{}, 'files_by_creation (project_id=? AND (created_at,id)<(?,?))'],
      [{ name: 'a' }, 'files_by_name (project_id=? AND name=?)'],
      [{ externalFileId: 'a' }, 'files_by_external_id (project_id=? AND external_file_id=?)'],
      [{ ids: ['a'] }, 'sqlite_autoindex_files_1 (id=?)'],
    ] as const;
    for (const [query, index] of cases) {
      await files.list({ ...PAGE, order, ...query });
      expect(planOf(database)[0]).toBe(`SEARCH files USING INDEX ${index}`);
    }
  });

  it('counts all jobs, and those in a state, without looking at them', async () => {
    const { database, jobs } = await openPlanned();
    await jobs.list(WINDOW);
    await jobs.list({ ...WINDOW, status: 'PENDING' });
    await jobs.create(makeJob(), { maxPending: 1 });
    expect([...database.plans.keys()].filter((sql) => sql.includes('COUNT('))).toEqual([]);
  });

  it('never goes through a whole table', async () => {
    const stores = await openPlanned();
    await useEverything(stores);
    const scans = [...stores.database.plans.values()].flat().filter((step) => /^SCAN (?!json_each|\()/.test(step));
    expect(stores.database.plans.size).toBeGreaterThan(50);
    expect(scans.filter((scan) => !ALLOWED_SCANS.includes(scan))).toEqual([]);
  });
});

type PlannedStores = Awaited<ReturnType<typeof openPlanned>>;

async function openPlanned() {
  const folder = await temporaryFolder();
  const database = new PlannedDatabase(join(folder, 'docket.db'));
  onTestFinished(() => database.close());
  database.configure();
  migrate(database);
  const context = { database, clock: new MonotonicClock({ now: Date.now }), now: Date.now };
  const [pages, parses] = [new SqlitePageCache(context), new SqliteParseStore(context)];
  const jobs = new SqliteJobStore(context, { pages, parses });
  const webhooks = new SqliteWebhookStore(context);
  const contents = await ContentFolder.open(join(folder, 'files'));
  return {
    database,
    jobs,
    files: new SqliteFileStore(context, { contents, jobs }),
    configurations: new SqliteConfigurationStore(context),
    parses,
    pages,
    webhooks,
    deliveries: new SqliteDeliveryStore(context, webhooks),
  };
}

/** The plan of what ran last. */
function planOf({ plans }: PlannedDatabase): readonly string[] {
  return [...plans.values()].at(-1) ?? [];
}

async function useEverything(stores: PlannedStores): Promise<void> {
  const { jobs, files, parses } = stores;
  const lease = { id: 'x', owner: 'y' };
  await using content = await files.receive(chunksOf('a'), { maxBytes: 1 });
  const file = await files.create(makeFile(), content);
  for (const work of [jobs, parses]) {
    await work.claim(WORKER);
    await work.renew(['x'], WORKER);
    await work.release(lease);
    await work.fail(lease, 'x');
    await work.failLost();
    await work.forfeitLeases();
    await work.deleteEndedBefore('x', 1);
    await work.get('x', 'y');
  }
  await parses.complete(lease, OUTCOME);
  await usePages(stores, file.contentHash);
  await useJobs(stores, file);
  await useConfigurations(stores);
  await useWebhooks(stores);
  await useFiles(stores);
}

async function usePages({ pages, parses }: PlannedStores, contentHash: string): Promise<void> {
  const key = { contentHash, extension: '' };
  const head = { format: 'txt' as const, pageCount: 1, readerIdentity: 'x' };
  await pages.keep(key, { head, pages: [{ number: 1, data: Buffer.from('x') }] });
  await pages.head(key);
  await pages.pages(contentHash, 'x', [1, 2]);
  await parses.deleteEndedBefore('9999', 1);
}

async function useJobs({ jobs }: PlannedStores, file: StoredFile): Promise<void> {
  const { job } = (await jobs.create(makeJob({ transactionId: 't' }), { maxPending: 9 })) as { job: { id: string } };
  await jobs.claim(WORKER);
  const reading = { parse: { job: makeParse(file), outcome: OUTCOME } };
  await jobs.complete({ id: job.id, owner: WORKER.owner }, makeCompletion({ reading, contentHash: file.contentHash }));
  await jobs.cancel(job.id);
  await jobs.explanation(job.id);
  await jobs.counts();
  await jobs.deleteExplanationsBefore('x', 1);
  await jobs.list({ ...PAGE, createdFrom: 'x', createdTo: 'y' });
  await jobs.list({ ...PAGE, configurationId: 'x', status: 'FAILED' });
  await jobs.list({ ...PAGE, ids: ['x'], createdFrom: 'x' });
  await jobs.delete(job.id);
}

async function useConfigurations({ configurations }: PlannedStores): Promise<void> {
  const { id } = await configurations.save({ projectId: PROJECT, name: 'x', productType: 'y', parameters: {} });
  await configurations.update(id, { name: 'z' });
  await configurations.list({ ...WINDOW, productTypes: ['y'] });
  await configurations.list({ ...PAGE, name: 'z' });
  await configurations.delete(id);
}

async function useWebhooks({ webhooks, deliveries, jobs }: PlannedStores): Promise<void> {
  const { id } = await webhooks.create({ ...makeEndpoint(), projectId: PROJECT });
  await webhooks.update(id, { events: null });
  await webhooks.list(PROJECT);
  await jobs.create(makeJob({ webhooks: { targets: [{ isAllowed: true, webhookId: id }] } }), { maxPending: 9 });
  const claim = await deliveries.claim({ ...WORKER, busyHosts: [] });
  await deliveries.renew(['x'], WORKER);
  await deliveries.release({ id: 'x', owner: 'y' });
  const attempt = { startedAt: 'x', durationMs: 1 };
  await deliveries.finish({ id: claim?.id ?? '', owner: WORKER.owner }, attempt, { status: 'GONE' });
  await deliveries.forfeitLeases();
  await deliveries.counts();
  await deliveries.list({ ...PAGE, jobId: 'x', status: 'PENDING' });
  await deliveries.list(WINDOW);
  await deliveries.list({ ...PAGE, status: 'FAILED' });
  await deliveries.deleteEndedBefore('x', 1);
  await webhooks.delete(id);
}

async function useFiles({ files }: PlannedStores): Promise<void> {
  const narrowings = [{}, { name: 'x' }, { ids: ['x'] }, { externalFileId: 'x' }];
  for (const by of ['name', 'id', 'created_at'] as const) {
    for (const direction of ['ascending', 'descending'] as const) {
      const order: FileOrder = { by, direction };
      const after = by === 'id' ? ['x'] : ['x', 'y'];
      for (const narrowing of narrowings) await files.list({ ...WINDOW, order, after, ...narrowing });
    }
  }
  await files.deleteOld({ now: '9999', createdBefore: '9999', purgeQuotes: true }, 10);
}
