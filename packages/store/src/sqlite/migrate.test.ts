import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { SqliteDatabase } from './database.js';
import { assertKnownVersion, migrate } from './migrate.js';
import { MIGRATIONS } from './schema.js';

const FIRST = 'CREATE TABLE first (id INTEGER PRIMARY KEY); INSERT INTO first VALUES (1);';
const SECOND = 'CREATE TABLE second (id INTEGER PRIMARY KEY); DROP TABLE first;';

describe('migrate', () => {
  it('brings an empty database to the newest version', async () => {
    const database = await openDatabase();
    migrate(database);
    expect(database.version).toBe(MIGRATIONS.length);
    expect(tables(database)).toContain('jobs');
  });

  it('runs only what is missing', async () => {
    const database = await openDatabase();
    migrate(database, [FIRST]);
    migrate(database, [FIRST, SECOND]);
    migrate(database, [FIRST, SECOND]);
    expect(database.version).toBe(2);
    expect(tables(database)).toEqual(['second']);
  });

  it('changes nothing by a step that is interrupted', async () => {
    const database = await openDatabase();
    migrate(database, [FIRST]);
    expect(() => migrate(database, [FIRST, `${SECOND} INSERT INTO nowhere VALUES (1);`])).toThrow(/nowhere/);
    expect(database.version).toBe(1);
    expect(tables(database)).toEqual(['first']);
    expect(database.all('SELECT id FROM first')).toEqual([{ id: 1 }]);
    migrate(database, [FIRST, SECOND]);
    expect(tables(database)).toEqual(['second']);
  });
});

describe('assertKnownVersion', () => {
  it('refuses a database that a newer Docket made, naming both versions', async () => {
    const database = await openDatabase();
    migrate(database, [FIRST, SECOND]);
    assertKnownVersion(database, [FIRST, SECOND]);
    expect(() => assertKnownVersion(database, [FIRST])).toThrow(
      expect.objectContaining({
        code: 'state.database_too_new',
        message: expect.stringMatching(/version 2\b.*up to 1\b.*newer Docket.*--data-dir/),
        data: { version: 2, newestKnown: 1 },
      }),
    );
  });
});

async function openDatabase(): Promise<SqliteDatabase> {
  const database = new SqliteDatabase(join(await temporaryFolder(), 'docket.db'));
  onTestFinished(() => database.close());
  database.configure();
  return database;
}

function tables(database: SqliteDatabase): string[] {
  const rows = database.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`);
  return rows.map(({ name }) => name);
}
