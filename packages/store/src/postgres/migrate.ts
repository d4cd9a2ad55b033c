import { DocketError } from '@docket/core';
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.js';
import { POSTGRES_MIGRATIONS, type PostgresMigration, SCHEMA } from './schema.js';

/** Held while the schema is looked at and changed, so that servers which start at the same time do it one after the other. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtext('docket migrations'))`;

const STATEMENTS = {
  makeVersions: `CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
    CREATE TABLE IF NOT EXISTS ${SCHEMA}.schema_versions (
      version integer PRIMARY KEY,
      oldest_compatible integer NOT NULL,
      made_at timestamptz NOT NULL DEFAULT now()
    )`,
  newest: `SELECT COALESCE(MAX(version), 0) AS version, COALESCE(MAX(oldest_compatible), 0) AS oldest FROM schema_versions`,
  exists: `SELECT to_regclass('${SCHEMA}.schema_versions') IS NOT NULL AS found`,
  add: 'INSERT INTO schema_versions (version, oldest_compatible) VALUES (@version::integer, @oldest::integer)',
};

/** What is done beside the migrations while nobody else does it. */
export type Preparation = (transaction: PostgresTransaction) => Promise<void>;

/**
 * Brings a database to the newest version that is known here, each step in a transaction. A database of a newer Docket is
 * left as it is, and used as long as that says it may be.
 * @throws DocketError `state.database_too_new`
 */
export async function migrate(
  database: PostgresDatabase,
  migrations: readonly PostgresMigration[] = POSTGRES_MIGRATIONS,
): Promise<void> {
  for (const [index, { sql, oldestCompatible }] of migrations.entries()) {
    await locked(database, async (transaction) => {
      const version = await readVersion(transaction, migrations.length);
      if (version > index) return;
      await transaction.execute(sql);
      await transaction.run(STATEMENTS.add, { version: index + 1, oldest: oldestCompatible });
    });
  }
}

/** Does something with the schema while nobody else does. */
export function locked(database: PostgresDatabase, work: Preparation): Promise<void> {
  return database.transaction(async (transaction) => {
    await transaction.execute(LOCK);
    await work(transaction);
  });
}

async function readVersion(transaction: PostgresTransaction, newestKnown: number): Promise<number> {
  // Not made when it is there: whoever may use the tables need not be allowed to make a schema.
  const { found } = await transaction.getOne<{ found: boolean }>(STATEMENTS.exists);
  if (!found) await transaction.execute(STATEMENTS.makeVersions);
  const { version, oldest } = await transaction.getOne<{ version: number; oldest: number }>(STATEMENTS.newest);
  if (oldest <= newestKnown) return version;
  const message = `the database has version ${version}, which needs a Docket that knows version ${oldest}, and this one knows versions up to ${newestKnown}; use a newer Docket, or another database`;
  throw new DocketError('state.database_too_new', message, { data: { version, oldest, newestKnown } });
}
