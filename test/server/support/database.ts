import { execFileSync } from 'node:child_process';
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

/** How a database is opened. */
export interface DatabaseOptions {
  /** @default true */
  readonly readonly?: boolean;
  /** What starts a program where the database is: `nsenter` with its words. */
  readonly launcher?: readonly string[] | undefined;
}

interface SqliteConnection {
  prepare(sql: string): { all(...values: readonly unknown[]): unknown[] };
  exec(sql: string): void;
  close(): void;
}

// It belongs to the package that works with it; tests look over its shoulder.
const requireFromStore = createRequire(join(projectFolder, 'packages', 'store', 'package.json'));
const Sqlite: new (path: string, options?: { readonly readonly?: boolean }) => SqliteConnection =
  requireFromStore('better-sqlite3');

/** Where the driver lies, for programs that are no part of this process. */
export const sqliteDriver = requireFromStore.resolve('better-sqlite3');

/** Opens the database of a data folder beside the server, or while none runs. */
export function openDatabase(dataFolder: string, { readonly = true, launcher }: DatabaseOptions = {}): Database {
  const path = join(dataFolder, 'docket.db');
  if (launcher) return openElsewhere(path, launcher);
  const connection = new Sqlite(path, { readonly });
  return {
    rows: <Row>(sql: string, ...values: readonly unknown[]) => connection.prepare(sql).all(...values) as Row[],
    run: (sql) => connection.exec(sql),
    [Symbol.dispose]: () => connection.close(),
  };
}

/** What a program runs for each statement: SQLite would follow `/proc/PID/root` out of the mounts that it leads into. */
const STATEMENT = `
const [driver, path, kind, sql, values] = process.argv.slice(1);
const connection = new (require(driver))(path);
if (kind === 'run') connection.exec(sql);
else console.log(JSON.stringify(connection.prepare(sql).all(...JSON.parse(values))));
connection.close();`;

function openElsewhere(path: string, [enter = '', ...words]: readonly string[]): Database {
  const execute = (kind: string, sql: string, values: readonly unknown[]) => {
    const argv = ['-e', STATEMENT, sqliteDriver, path, kind, sql, JSON.stringify(values)];
    return execFileSync(enter, [...words, process.execPath, ...argv], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  };
  return {
    rows: (sql, ...values) => JSON.parse(execute('rows', sql, values)),
    run: (sql) => void execute('run', sql, []),
    [Symbol.dispose]: () => {},
  };
}

/** Asserts nothing itself: `ok`, or what is wrong with the file. */
export function checkIntegrity(dataFolder: string, options: DatabaseOptions = {}): string[] {
  using database = openDatabase(dataFolder, options);
  const rows = database.rows<{ integrity_check: string }>('PRAGMA integrity_check');
  return rows.map((row) => row.integrity_check);
}
