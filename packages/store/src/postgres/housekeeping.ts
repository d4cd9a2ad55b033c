import { QUEUE_SCHEMA, type WorkQueue } from './job-queue.js';
import { JOBS_TABLE } from './job-statements.js';
import { announceWork } from './notifications.js';
import type { PostgresCluster } from './postgres-cluster.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';
import type { PostgresFileStore } from './postgres-file-store.js';
import { PARSE_JOBS_TABLE } from './postgres-parse-store.js';

const INTERVAL_MS = 30_000;

/** How often files are looked through. */
const SWEEP_EVERY = 120;

/** Only one process at a time, and none waits for it. */
const TRY_LOCK = `SELECT pg_try_advisory_xact_lock(hashtext('docket housekeeping')) AS locked`;

/** Slots of connections that are there no more are counted in one. What somebody counts in just now is left to later. */
const SUM_UP_COUNTS = `WITH old AS (
    DELETE FROM job_counts WHERE (project_id, status, slot) IN (
      SELECT project_id, status, slot FROM job_counts
      WHERE slot <> 0 AND slot NOT IN (SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL)
      ORDER BY project_id, status, slot LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
    RETURNING project_id, status, jobs
  )
  INSERT INTO job_counts AS counts (project_id, status, slot, jobs)
  SELECT project_id, status, 0, SUM(jobs) FROM old GROUP BY project_id, status ORDER BY project_id, status
  ON CONFLICT (project_id, status, slot) DO UPDATE SET jobs = counts.jobs + EXCLUDED.jobs`;

/** Work that has been ready for a while and has no entry: a queue that was restored, emptied or repaired by hand. */
function findUnqueued({ name, prefix }: WorkQueue, table: string, ready: string): string {
  return `SELECT id FROM ${table} AS work
    WHERE status = 'PENDING' AND ${ready} AND created_at < @before AND NOT EXISTS (
      SELECT 1 FROM ${QUEUE_SCHEMA}.job AS entry
      WHERE entry.name = '${name}' AND entry.id = substr(work.id, ${prefix.length + 1})::uuid AND entry.state < 'active'
    )
    ORDER BY created_at LIMIT 100`;
}

const DROP_ENTRY = `DELETE FROM ${QUEUE_SCHEMA}.job WHERE name = @name AND id = @entry::uuid`;

/** What is looked after. */
export interface HousekeepingParts {
  readonly files: PostgresFileStore;
  readonly cluster: PostgresCluster;
}

/** What must be done now and then, by any of the processes that share a database. */
export class Housekeeping {
  readonly #context: PostgresContext;
  readonly #parts: HousekeepingParts;
  #lastRun = performance.now();
  #runs = 0;

  constructor(context: PostgresContext, parts: HousekeepingParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Whether it is time again. */
  get isDue(): boolean {
    return performance.now() - this.#lastRun >= INTERVAL_MS;
  }

  async run(): Promise<void> {
    this.#lastRun = performance.now();
    const { database, queue } = this.#context;
    const isOurs = await database.transaction(async (transaction) => {
      const { locked } = await transaction.getOne<{ locked: boolean }>(TRY_LOCK);
      if (!locked) return false;
      await transaction.run(SUM_UP_COUNTS);
      await this.#offerForgotten(transaction);
      return true;
    });
    if (!isOurs) return;
    await queue.tidy();
    await this.#parts.cluster.tidy();
    if (this.#runs++ % SWEEP_EVERY === 0) await this.#parts.files.sweep();
  }

  async #offerForgotten(transaction: PostgresTransaction): Promise<void> {
    const { queue, database } = this.#context;
    const { before } = await database.getOne<{ before: string }>(
      `SELECT to_char((now() - interval '1 minute') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS before`,
    );
    for (const { queue: name, table, ready } of [JOBS_TABLE, PARSE_JOBS_TABLE]) {
      const rows = await transaction.all<{ id: string }>(findUnqueued(name, table, ready), { before });
      for (const { id } of rows) {
        await transaction.run(DROP_ENTRY, { name: name.name, entry: id.slice(name.prefix.length) });
        await queue.offer(name, id, { transaction });
      }
      if (rows.length > 0) await announceWork(transaction, name);
    }
  }
}
