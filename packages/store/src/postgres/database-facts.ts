import { randomBytes } from 'node:crypto';
import type { Instant } from '../ports/instant.js';
import type { PostgresDatabase } from './postgres-database.js';

const SECRET_BYTES = 32;

const STATEMENTS = {
  newestInstant: `SELECT MAX(instant) AS newest FROM (
      SELECT MAX(updated_at) AS instant FROM jobs
      UNION ALL SELECT MAX(updated_at) FROM parse_jobs
      UNION ALL SELECT MAX(created_at) FROM files
      UNION ALL SELECT MAX(updated_at) FROM configurations
    ) AS instants`,
  makeSecret: `INSERT INTO meta (name, value) VALUES ('secret', @value) ON CONFLICT DO NOTHING`,
  secret: `SELECT value FROM meta WHERE name = 'secret'`,
  probe: `INSERT INTO meta (name, value) VALUES ('probe', @value) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`,
  now: 'SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::double precision AS "nowMs"',
};

/** When the newest thing in the database was made or changed. */
export async function readNewestInstant(database: PostgresDatabase): Promise<Instant | undefined> {
  return (await database.getOne<{ newest: string | null }>(STATEMENTS.newestInstant)).newest ?? undefined;
}

/** The secret of this installation; the first call makes it. */
export async function readSecret(database: PostgresDatabase): Promise<Uint8Array> {
  await database.run(STATEMENTS.makeSecret, { value: randomBytes(SECRET_BYTES) });
  return Uint8Array.from((await database.getOne<{ value: Uint8Array }>(STATEMENTS.secret)).value);
}

/** Writes something and takes it back. @throws when nothing can be written */
export async function probeDatabase(database: PostgresDatabase): Promise<void> {
  await database.tryOut((transaction) => transaction.run(STATEMENTS.probe, { value: randomBytes(1) }));
}

/** Milliseconds since about 1970 that go on evenly, whoever sets the clock of this machine. */
export function machineMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Milliseconds that the clock of the database is ahead of {@link machineMs}. */
export async function measureAhead(database: PostgresDatabase): Promise<number> {
  const asked = machineMs();
  const { nowMs } = await database.getOne<{ nowMs: number }>(STATEMENTS.now);
  return nowMs - (asked + machineMs()) / 2;
}
