import type { MonotonicClock } from '../clock.js';
import type { JobQueue } from './job-queue.js';
import type { PostgresDatabase } from './postgres-database.js';

/** What the stores share. */
export interface PostgresContext {
  readonly database: PostgresDatabase;
  /** Goes by the clock of the database, so that all machines agree. */
  readonly clock: MonotonicClock;
  /** Milliseconds for leases, in tests; otherwise leases go by the clock of the database. */
  readonly now?: (() => number) | undefined;
  readonly queue: JobQueue;
}
