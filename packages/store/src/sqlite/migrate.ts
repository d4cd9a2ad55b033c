import { DocketError } from '@docket/core';
import type { SqliteDatabase } from './database.js';
import { MIGRATIONS } from './schema.js';

/**
 * Refuses a database that a newer Docket made.
 * @throws DocketError `state.database_too_new`
 */
export function assertKnownVersion(database: SqliteDatabase, migrations: readonly string[] = MIGRATIONS): void {
  const { version } = database;
  if (version <= migrations.length) return;
  const message = `the database has version ${version}, and this Docket knows versions up to ${migrations.length}; use a newer Docket, or name another folder with --data-dir`;
  throw new DocketError('state.database_too_new', message, { data: { version, newestKnown: migrations.length } });
}

/** Brings a database to the newest version. Each step is a transaction: one that fails changes nothing. */
export function migrate(database: SqliteDatabase, migrations: readonly string[] = MIGRATIONS): void {
  for (const [index, sql] of migrations.entries()) {
    database.write(() => {
      if (database.version > index) return;
      database.execute(sql);
      database.version = index + 1;
    });
  }
}
