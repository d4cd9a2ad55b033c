import { randomBytes } from 'node:crypto';
import type { Instant } from '../ports/instant.js';
import type { SqliteDatabase } from './database.js';

const SECRET_BYTES = 32;

const STATEMENTS = {
  newestInstant: `SELECT MAX(instant) AS newest FROM (
      SELECT MAX(updated_at) AS instant FROM jobs
      UNION ALL SELECT MAX(updated_at) FROM parse_jobs
      UNION ALL SELECT MAX(created_at) FROM files
      UNION ALL SELECT MAX(updated_at) FROM configurations
    )`,
  makeSecret: `INSERT INTO meta (name, value) VALUES ('secret', @value) ON CONFLICT DO NOTHING`,
  secret: `SELECT value FROM meta WHERE name = 'secret'`,
  probe: `INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', @value)`,
};

/** When the newest thing in the database was made or changed. */
export function readNewestInstant(database: SqliteDatabase): Instant | undefined {
  return database.getOne<{ newest: string | null }>(STATEMENTS.newestInstant).newest ?? undefined;
}

/** The secret of this installation; the first call makes it. */
export function readSecret(database: SqliteDatabase): Uint8Array {
  return database.write(() => {
    database.run(STATEMENTS.makeSecret, { value: randomBytes(SECRET_BYTES) });
    return Uint8Array.from(database.getOne<{ value: Uint8Array }>(STATEMENTS.secret).value);
  });
}

/** Writes something and takes it back. @throws when nothing can be written */
export function probeDatabase(database: SqliteDatabase): void {
  database.tryOut(() => database.run(STATEMENTS.probe, { value: randomBytes(1) }));
}
