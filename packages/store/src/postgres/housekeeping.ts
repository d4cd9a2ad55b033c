import { QUEUE_SCHEMA, type WorkQueue } from './job-queue.js';
import { JOBS_TABLE } from './job-statements.js';
import { NOW } from './lease-statements.js';
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

/** Pieces of work that are offered again in one step. */
const BATCH = 100;

/**
 * Work that has been ready for a while, or whose lease was lost a while ago, and that has no entry: a queue that was restored,
 * emptied or repaired by hand. Parameter: `nowMs`.
 */
function findUnqueued({ name, prefix }: WorkQueue, table: string, ready: string): string {
  const minute = `interval '1 minute'`;
  const before = `to_char((now() - ${minute}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const hasNoEntry = `NOT EXISTS (
      SELECT 1 FROM ${QUEUE_SCHEMA}.job AS entry
      WHERE entry.name = '${name}' AND entry.id = substr(work.id, ${prefix.length + 1})::uuid AND entry.state < 'active'
    )`;
  return `(SELECT id FROM ${table} AS work
    WHERE status = 'PENDING' AND ${ready} AND created_at < ${before} AND ${hasNoEntry}
    ORDER BY created_at LIMIT ${BATCH})
    UNION ALL
    (SELECT id FROM ${table} AS work
    WHERE status = 'RUNNING' AND is_offered_again AND lease_expires_at < ${NOW} - 60000 AND ${hasNoEntry}
    ORDER BY lease_expires_at LIMIT ${BATCH})`;
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
  readonly #closing = new AbortController();
  /** What goes on beside everything else. */
  #lengthy: Promise<void> | undefined;
  #failure: unknown;

  constructor(context: PostgresContext, parts: HousekeepingParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Whether it is time again. */
  get isDue(): boolean {
    return performance.now() - this.#lastRun >= INTERVAL_MS;
  }

  /**
   * What is quick is done when this returns; what may take long goes on beside it.
   * @throws What went wrong, also with what went on since the last time
   */
  async run(): Promise<void> {
    this.#lastRun = performance.now();
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    const { queue } = this.#context;
    const isOurs = await this.#alone((transaction) => transaction.run(SUM_UP_COUNTS));
    if (!isOurs) return;
    const hasMore = await this.#offerForgotten();
    await queue.tidy();
    await this.#parts.cluster.tidy();
    this.#lengthy ??= this.#doLengthy({ hasMore, sweeps: this.#runs++ % SWEEP_EVERY === 0 }).finally(() => {
      this.#lengthy = undefined;
    });
  }

  /** Ends what goes on. Never rejects. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#lengthy;
  }

  /** Never rejects. */
  async #doLengthy({ hasMore, sweeps }: { readonly hasMore: boolean; readonly sweeps: boolean }): Promise<void> {
    const { signal } = this.#closing;
    try {
      for (let goesOn = hasMore; goesOn && !signal.aborted; ) goesOn = await this.#offerForgotten();
      if (sweeps) await this.#parts.files.sweep(signal);
    } catch (error) {
      if (!signal.aborted) this.#failure = error;
    }
  }

  /** @returns Whether nobody else is at it: otherwise nothing was done */
  #alone(work: (transaction: PostgresTransaction) => Promise<unknown>): Promise<boolean> {
    return this.#context.database.transaction(async (transaction) => {
      const { locked } = await transaction.getOne<{ locked: boolean }>(TRY_LOCK);
      if (locked) await work(transaction);
      return locked;
    });
  }

  /** Offers a step of what has no entry. @returns Whether there may be more */
  async #offerForgotten(): Promise<boolean> {
    const { queue, now } = this.#context;
    let hasMore = false;
    await this.#alone(async (transaction) => {
      hasMore = false;
      for (const { queue: name, table, ready } of [JOBS_TABLE, PARSE_JOBS_TABLE]) {
        const rows = await transaction.all<{ id: string }>(findUnqueued(name, table, ready), { nowMs: now?.() });
        for (const { id } of rows) {
          await transaction.run(DROP_ENTRY, { name: name.name, entry: id.slice(name.prefix.length) });
          await queue.offer(name, id, { transaction });
        }
        if (rows.length > 0) await announceWork(transaction, name);
        hasMore ||= rows.length >= BATCH;
      }
    });
    return hasMore;
  }
}
