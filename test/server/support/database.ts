import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectFolder } from '../../support/project.js';

/** As much of a connection as these suites use. */
export interface Database extends Disposable {
  /** All rows of a query. */
  rows<Row>(sql: string, ...values: readonly unknown[]): Row[];
  /** Runs statements. */
  run(sql: string): void;
}

interface SqliteConnection {
  prepare(sql: string): { all(...values: readonly unknown[]): unknown[] };
  exec(sql: string): void;
  close(): void;
}

// It belongs to the package that works with it; tests look over its shoulder.
const Sqlite: new (path: string, options?: { readonly readonly?: boolean }) => SqliteConnection = createRequire(
  join(projectFolder, 'packages', 'store', 'package.json'),
)('better-sqlite3');

/** Opens the database of a data folder beside the server, or while none runs. */
export function openDatabase(dataFolder: string, { readonly = true } = {}): Database {
  const connection = new Sqlite(join(dataFolder, 'docket.db'), { readonly });
  return {
    rows: <Row>(sql: string, ...values: readonly unknown[]) => connection.prepare(sql).all(...values) as Row[],
    run: (sql) => connection.exec(sql),
    [Symbol.dispose]: () => connection.close(),
  };
}

/** Asserts nothing itself: `ok`, or what is wrong with the file. */
export function checkIntegrity(dataFolder: string): string[] {
  using database = openDatabase(dataFolder);
  const rows = database.rows<{ integrity_check: string }>('PRAGMA integrity_check');
  return rows.map((row) => row.integrity_check);
}
