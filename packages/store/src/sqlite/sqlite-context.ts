import type { Clock } from '../ports/instant.js';
import type { SqliteDatabase } from './database.js';

/** What the stores share. */
export interface SqliteContext {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
  /** Milliseconds for leases, from about 1970 on: never set back or forth in the life of a process. */
  readonly now: () => number;
}
