import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MonotonicClock } from '../clock.js';
import type { NewJob } from '../ports/job-store.js';
import { makeJob } from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { SqliteDatabase } from './database.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './schema.js';
import { SqliteJobStore } from './sqlite-job-store.js';
import { SqlitePageCache } from './sqlite-page-cache.js';
import { SqliteParseStore } from './sqlite-parse-store.js';

const MOMENT = '2026-11-23T10:00:00.000000Z';
const ONE = makeJob().configuration;
const OTHER = { ...ONE, rules: [{ type: 'letter', description: 'begins with a greeting' }] };

describe('what jobs run with', () => {
  it('is kept once for all jobs that run with the same, and goes with the last of them', async () => {
    const database = await openDatabase();
    migrate(database);
    const jobs = jobsIn(database);
    const [first, second, other] = await Promise.all(
      [ONE, ONE, OTHER].map((configuration) => create(jobs, configuration)),
    );
    expect(countTexts(database)).toBe(2);
    for (const [id, configuration, left] of [
      [first, ONE, 2],
      [other, OTHER, 1],
      [second, ONE, 0],
    ] as const) {
      await jobs.cancel(id ?? '');
      expect(await jobs.delete(id ?? '')).toMatchObject({ outcome: 'deleted', job: { configuration } });
      expect(countTexts(database)).toBe(left);
    }
  });

  it('is taken over from a database of before, in which each job had its own', async () => {
    const database = await openDatabase();
    migrate(database, MIGRATIONS.slice(0, 2));
    for (const [id, configuration] of [
      ['clj-a', ONE],
      ['clj-b', OTHER],
      ['clj-c', ONE],
    ] as const) {
      database.run(
        `INSERT INTO jobs (id, project_id, status, input_type, input, source_id, created_at, updated_at, configuration)
        VALUES (@id, 'p', 'PENDING', 'file_id', 'dfl-a', 'dfl-a', @now, @now, @configuration)`,
        { id, now: MOMENT, configuration: JSON.stringify(configuration) },
      );
    }
    migrate(database);
    const jobs = jobsIn(database);
    expect((await jobs.get('clj-a'))?.configuration).toEqual(ONE);
    expect((await jobs.get('clj-b'))?.configuration).toEqual(OTHER);
    expect(countTexts(database)).toBe(2);
    expect(await jobs.counts()).toMatchObject({ byStatus: { PENDING: 3 }, oldestPending: MOMENT });
    await create(jobs, OTHER);
    expect(countTexts(database)).toBe(2);
  });
});

async function openDatabase(): Promise<SqliteDatabase> {
  const database = new SqliteDatabase(join(await temporaryFolder(), 'docket.db'));
  onTestFinished(() => database.close());
  database.configure();
  return database;
}

function jobsIn(database: SqliteDatabase): SqliteJobStore {
  const context = { database, clock: new MonotonicClock({ now: Date.now }), now: Date.now };
  return new SqliteJobStore(context, { pages: new SqlitePageCache(context), parses: new SqliteParseStore(context) });
}

/** @returns The id of the job */
async function create(jobs: SqliteJobStore, configuration: NewJob['configuration']): Promise<string> {
  const creation = await jobs.create(makeJob({ configuration }), { maxPending: 10 });
  return creation.outcome === 'created' ? creation.job.id : '';
}

function countTexts(database: SqliteDatabase): number {
  return database.getOne<{ count: number }>('SELECT COUNT(*) AS count FROM job_configurations').count;
}
