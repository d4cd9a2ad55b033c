import type { Store } from '../../packages/store/src/index.js';
import { readDatabaseAddress } from '../../packages/store/src/postgres/database-address.js';
import { PostgresDatabase } from '../../packages/store/src/postgres/postgres-database.js';
import { COUNT_ALL_JOBS } from '../../packages/store/src/postgres/schema.js';
import { SqliteDatabase } from '../../packages/store/src/sqlite/database.js';
import { keepJobConfiguration } from '../../packages/store/src/sqlite/job-configurations.js';
import { createFile, makeCompletion, makeJob, PROJECT } from '../../packages/store/src/testing/samples.js';
import { showProgress } from '../server/machine.js';
import { median } from '../speed/median-of.js';
import { ms, type Section, table } from '../speed/report.js';
import { type BenchStore, openBenchStore, type StoreName } from './both-stores.js';
import type { Effort } from './effort.js';

const MOST_TIMES = 1.5;

const PAGE_SIZE = 50;

/** Jobs that are there before: a list has a whole page on either side. */
const FEW_JOBS = 60;

const QUESTIONS = ['list', 'list by state', 'get', 'create'] as const;
type Question = (typeof QUESTIONS)[number];
type Medians = Readonly<Record<Question, number>>;

const COLUMNS = `id, project_id, status, input_type, input, source_id, created_at, updated_at, result_type, result_confidence,
  result_reasoning`;

/** Do list, get and create stay as fast with a million finished jobs in the table? */
export async function measureMillion({ finishedJobs, asks }: Effort): Promise<Section> {
  const rows: string[][] = [];
  let worst = 0;
  for (const name of ['SQLite', 'PostgreSQL'] as const) {
    await using bench = await openBenchStore(name);
    const few = await fill(bench.store);
    const before = await ask(bench.store, few, asks);
    showProgress(`${name}: writing ${finishedJobs} jobs`);
    await addFinished(name, bench, finishedJobs);
    const after = await ask(bench.store, few, asks);
    for (const question of QUESTIONS) {
      const times = after[question] / before[question];
      worst = Math.max(worst, times);
      rows.push([`${question}, ${name}`, ms(before[question]), ms(after[question]), `${times.toFixed(2)} x`]);
    }
  }
  return {
    title: `${finishedJobs.toLocaleString('en')} finished jobs in the table`,
    lines: [
      `Medians of ${asks}, asked of the store itself: a page of ${PAGE_SIZE} of all jobs and of the completed ones, with their count; a job by its id; a`,
      `new job. Before, there were ${FEW_JOBS} jobs.`,
      '',
      ...table(['', 'few jobs', 'many jobs', 'times'], rows),
    ],
    targets: [
      {
        name: `list, get and create with ${finishedJobs.toLocaleString('en')} finished jobs, of few, the slowest`,
        reached: `${worst.toFixed(2)} x`,
        wanted: `at most ${MOST_TIMES} x`,
        met: worst <= MOST_TIMES,
      },
    ],
  };
}

async function fill(store: Store): Promise<string[]> {
  const { id: sourceId } = await createFile(store, 'a document');
  const ids: string[] = [];
  for (let count = 0; count < FEW_JOBS; count++) {
    const creation = await store.jobs.create(makeJob({ sourceId }), { maxPending: 1_000_000 });
    if (creation.outcome !== 'created') throw new Error(creation.outcome);
    await store.jobs.claim({ owner: 'bench', leaseMs: 600_000 });
    await store.jobs.complete({ id: creation.job.id, owner: 'bench' }, makeCompletion());
    ids.push(creation.job.id);
  }
  return ids;
}

/** All four in turn, so that whatever slows the machine down slows all of them down. */
async function ask({ jobs }: Store, ids: readonly string[], asks: number): Promise<Medians> {
  const times: Record<Question, number[]> = { list: [], 'list by state': [], get: [], create: [] };
  const questions: Record<Question, (index: number) => Promise<unknown>> = {
    list: () => jobs.list({ projectId: PROJECT, limit: PAGE_SIZE }),
    'list by state': () => jobs.list({ projectId: PROJECT, status: 'COMPLETED', limit: PAGE_SIZE }),
    get: (index) => jobs.get(ids[index % ids.length] ?? ''),
    create: () => jobs.create(makeJob(), { maxPending: 1_000_000 }),
  };
  for (let index = -10; index < asks; index++) {
    for (const question of QUESTIONS) {
      const started = performance.now();
      await questions[question](index + 10);
      if (index >= 0) times[question].push(performance.now() - started);
    }
  }
  const medians = QUESTIONS.map((question) => [question, median(times[question])] as const);
  return Object.fromEntries(medians) as Record<Question, number>;
}

async function addFinished(name: StoreName, { database }: BenchStore, count: number): Promise<void> {
  const { configuration } = makeJob();
  const values = (id: string, instant: string) =>
    `'clj-' || ${id}, '${PROJECT}', 'COMPLETED', 'file_id', 'dfl-a', 'dfl-a', ${instant}, ${instant}, 'invoice', 0.9, 'page 1 says so'`;
  if (name === 'SQLite') {
    const sqlite = new SqliteDatabase(database);
    const random = `lower(hex(randomblob(16)))`;
    const instant = `strftime('%Y-%m-%dT%H:%M:%S', 1700000000 + number, 'unixepoch') || '.000000Z'`;
    const key = sqlite.write(() => keepJobConfiguration(sqlite, configuration));
    sqlite.execute(`WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${count})
      INSERT INTO jobs (${COLUMNS}, configuration_key) SELECT ${values(random, instant)}, ${key} FROM numbers`);
    sqlite.close();
    return;
  }
  const { config } = readDatabaseAddress(database, {});
  const postgres = new PostgresDatabase({ ...config, ssl: false, query_timeout: 0 });
  const instant = `to_char(to_timestamp(1700000000 + number) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const numbers = `generate_series(1, ${count}) AS numbers (number)`;
  const text = JSON.stringify(configuration).replaceAll("'", "''");
  // As `docket db migrate` does it: counted one by one in a transaction, so many would take hours.
  await postgres.runPlain(
    `BEGIN; ALTER TABLE docket.jobs DISABLE TRIGGER USER;
    INSERT INTO docket.jobs (${COLUMNS}, configuration)
      SELECT ${values('gen_random_uuid()', instant)}, '${text}' FROM ${numbers};
    ${COUNT_ALL_JOBS}; ALTER TABLE docket.jobs ENABLE TRIGGER USER; COMMIT; ANALYZE docket.jobs`,
  );
  await postgres.close();
}
