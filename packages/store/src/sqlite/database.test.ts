import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { SqliteDatabase } from './database.js';

describe('SqliteDatabase', () => {
  it('is kept as it must be', async () => {
    const { database, path } = await openDatabase();
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'temp_store', 'auto_vacuum'];
    const values = pragmas.map((pragma) => Object.values(database.get<object>(`PRAGMA ${pragma}`) ?? {})[0]);
    expect(values).toEqual(['wal', 1, 1, 1, 2, 2]);
    expect(database.get('PRAGMA busy_timeout')).toEqual({ timeout: 50 });
    expect(database.get('PRAGMA journal_size_limit')).toEqual({ journal_size_limit: 64 * 1024 * 1024 });
    for (const ending of ['', '-wal', '-shm']) expect(statSync(`${path}${ending}`).mode & 0o777).toBe(0o600);
  });

  it('takes back what a write did before it threw', async () => {
    const { database } = await openDatabase();
    const write = () =>
      database.write(() => {
        database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a' });
        throw new Error('no');
      });
    expect(write).toThrow('no');
    expect(database.all('SELECT text FROM texts')).toEqual([]);
  });

  it('gives a durable write back when it is on disk, and what many wrote at one time', async () => {
    const { database } = await openDatabase();
    const insert = (text: string) =>
      database.writeDurably(() => database.run('INSERT INTO texts (text) VALUES (@text)', { text }));
    expect(await Promise.all(Array.from({ length: 50 }, (_, index) => insert(String(index))))).toHaveLength(50);
    await insert('later');
    expect(database.all('SELECT text FROM texts')).toHaveLength(51);
    await expect(database.writeDurably(() => database.run('INSERT INTO nothing VALUES (1)'))).rejects.toThrow(
      /nothing/,
    );
  });

  it('counts a write within a write as one, which is taken back as a whole', async () => {
    const { database } = await openDatabase();
    const insert = () => database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a' });
    const insertMany = (count: number) => {
      for (let done = 0; done < count; done++) database.write(insert);
    };
    database.write(() => insertMany(100));
    const failing = () =>
      database.write(() => {
        insertMany(100);
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(database.get('SELECT COUNT(*) AS count FROM texts')).toEqual({ count: 100 });
  });

  it('tries something out without a trace', async () => {
    const { database } = await openDatabase();
    const insert = () => database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a' });
    database.tryOut(insert);
    expect(() => database.tryOut(() => database.run('INSERT INTO texts (nothing) VALUES (1)'))).toThrow(/nothing/);
    expect(database.all('SELECT text FROM texts')).toEqual([]);
  });

  it('says that the disk is full', async () => {
    const { database } = await openDatabase();
    database.execute('PRAGMA max_page_count = 20');
    const write = () =>
      database.write(() => database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a'.repeat(100_000) }));
    expect(write).toThrow(expect.objectContaining({ code: 'capacity.disk_full' }));
    expect(database.all('SELECT text FROM texts')).toEqual([]);
  });

  it('says that another program holds it, and goes on when that lets go', async () => {
    const { database, path } = await openDatabase();
    const other = new BetterSqlite(path);
    onTestFinished(() => void other.close());
    const insert = () => database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a' });
    database.write(insert);
    other.exec('BEGIN EXCLUSIVE');
    expect(() => database.write(insert)).toThrow(expect.objectContaining({ code: 'state.database_locked' }));
    expect(() => database.tryOut(insert)).toThrow(expect.objectContaining({ code: 'state.database_locked' }));
    database.truncateLog();
    expect(database.isTruncationDue).toBe(true);
    expect(database.get('SELECT COUNT(*) AS count FROM texts')).toEqual({ count: 1 });
    other.exec('COMMIT');
    database.write(insert);
    expect(database.get('SELECT COUNT(*) AS count FROM texts')).toEqual({ count: 2 });
  });

  it('empties the log, unless a reader needs it: then that is due', async () => {
    const { database, path } = await openDatabase();
    const reader = new BetterSqlite(path, { readonly: true });
    onTestFinished(() => void reader.close());
    reader.exec('BEGIN');
    reader.prepare('SELECT COUNT(*) FROM texts').get();
    database.write(() => database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a' }));
    database.truncateLog();
    expect(database.isTruncationDue).toBe(true);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    reader.exec('COMMIT');
    for (const attempt of ['with a log', 'without one']) {
      database.truncateLog();
      expect([attempt, database.isTruncationDue]).toEqual([attempt, false]);
      expect(statSync(`${path}-wal`).size).toBe(0);
    }
  });

  it('moves a long log into the database while others write, so that it does not grow', async () => {
    const { database, path } = await openDatabase();
    const megabytes = () => statSync(`${path}-wal`).size / 2 ** 20;
    const text = 'a'.repeat(100_000);
    for (let count = 0; count < 2000; count++) {
      database.write(() => database.run('INSERT INTO texts (text) VALUES (@text)', { text }));
      await new Promise(setImmediate);
    }
    // 200 MB were written. The log is begun anew at 48 MB, or a little later when the thread is slow.
    expect(megabytes()).toBeLessThan(130);
    expect(database.get('SELECT COUNT(*) AS count FROM texts')).toEqual({ count: 2000 });
  });

  it('gives space back step by step, and keeps some to reuse', async () => {
    const { database, path } = await openDatabase();
    const insert = () => database.run('INSERT INTO texts (text) VALUES (@text)', { text: 'a'.repeat(1_000_000) });
    database.write(() => {
      for (let count = 0; count < 24; count++) insert();
    });
    database.truncateLog();
    const fullBytes = statSync(path).size;
    database.write(() => database.run('DELETE FROM texts'));
    const sizes: number[] = [];
    for (let count = 0; count < 4; count++) {
      database.shrink();
      database.truncateLog();
      sizes.push(statSync(path).size);
    }
    expect(fullBytes).toBeGreaterThan(24_000_000);
    expect(sizes[0]).toBeLessThan(fullBytes);
    expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
    expect(sizes[3]).toBe(sizes[2]);
    expect(sizes[3]).toBeGreaterThan(8_000_000);
  });

  it('leaves one file when it is closed', async () => {
    const { database, path } = await openDatabase();
    database.close();
    expect(existsSync(path)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });
});

async function openDatabase() {
  const path = join(await temporaryFolder(), 'docket.db');
  const database = new SqliteDatabase(path);
  onTestFinished(() => database.close());
  database.configure();
  database.execute('CREATE TABLE texts (text TEXT NOT NULL)');
  database.waitBriefly();
  return { database, path };
}
