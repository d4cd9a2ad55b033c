import type { Clock } from '../ports/instant.js';
import type { SqliteDatabase } from './database.js';

/** What the stores share. */
export interface SqliteContext {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
  /** Milliseconds since 1970, for leases. */
  readonly now: () => number;
}
