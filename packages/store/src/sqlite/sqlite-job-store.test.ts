import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MonotonicClock } from '../clock.js';
import { makeCompletion, makeJob, WORKER } from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { SqliteDatabase } from './database.js';
import { migrate } from './migrate.js';
import { SqliteJobStore } from './sqlite-job-store.js';
import { SqlitePageCache } from './sqlite-page-cache.js';
import { SqliteParseStore } from './sqlite-parse-store.js';

/** Counts its transactions. */
class CountedDatabase extends SqliteDatabase {
  transactions = 0;
  #depth = 0;

  override write<Result>(work: () => Result): Result {
    if (this.#depth === 0) this.transactions++;
    this.#depth++;
    try {
      return super.write(work);
    } finally {
      this.#depth--;
    }
  }
}

it('completes a job and claims the next one in one transaction, and accepts jobs of one moment in another', async () => {
  const { database, jobs } = await openJobs();
  const create = () => jobs.create(makeJob(), { maxPending: 10 });
  await Promise.all([create(), create(), create()]);
  expect(database.transactions).toBe(1);
  const first = await jobs.claim(WORKER);
  database.transactions = 0;
  const lease = { id: first?.id ?? '', owner: WORKER.owner };
  const [isHeld, next] = await Promise.all([jobs.complete(lease, makeCompletion()), jobs.claim(WORKER)]);
  expect({ isHeld, status: next?.status }).toEqual({ isHeld: true, status: 'RUNNING' });
  expect(database.transactions).toBe(1);
});

async function openJobs() {
  const database = new CountedDatabase(join(await temporaryFolder(), 'docket.db'));
  onTestFinished(() => database.close());
  database.configure();
  migrate(database);
  const context = { database, clock: new MonotonicClock({ now: Date.now }), now: Date.now };
  const readings = { pages: new SqlitePageCache(context), parses: new SqliteParseStore(context) };
  database.transactions = 0;
  return { database, jobs: new SqliteJobStore(context, readings) };
}
