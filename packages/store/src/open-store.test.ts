import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DATABASE_NAME, type OpenStoreOptions, openStore } from './open-store.js';
import type { Store } from './ports/store.js';
import { MIGRATIONS } from './sqlite/schema.js';
import { chunksOf, createFile, createJob, known, WORKER } from './testing/samples.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const DAY_MS = 24 * 3600 * 1000;

const OTHER_HASH = 'ab'.repeat(32);

describe('openStore', () => {
  it('makes a folder that nobody else can read', async () => {
    const folder = join(await temporaryFolder(), 'deep', 'home');
    const store = await open({ folder });
    await createFile(store, 'a');
    const paths = ['', ...(await readdir(folder, { recursive: true }))].map((path) => join(folder, path));
    expect(paths.length).toBeGreaterThan(7);
    for (const path of paths) {
      const status = await stat(path);
      expect((status.mode & 0o777).toString(8), path).toBe(status.isDirectory() ? '700' : '600');
    }
  });

  it('leaves the rights of a folder that is there to its owner', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o750);
    await open({ folder });
    expect((await stat(folder)).mode & 0o777).toBe(0o750);
  });

  it('keeps everything when it is opened again', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder });
    const [job, file] = [await createJob(store), await createFile(store, 'a')];
    const { secret } = store;
    await store.close();
    const again = await open({ folder });
    expect(await again.jobs.get(job.id)).toEqual(job);
    expect(await again.files.get(file.id)).toEqual(file);
    expect(await again.files.locate(file.contentHash)).toBeDefined();
    expect(again.secret).toEqual(secret);
  });

  it('has a secret of 32 bytes that no other installation has', async () => {
    const { secret } = await open({ folder: await temporaryFolder() });
    expect(secret).toHaveLength(32);
    expect((await open({ folder: await temporaryFolder() })).secret).not.toEqual(secret);
  });

  it('tells a time after all that is stored, also when the clock of the machine went back', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder, now: () => Date.parse('2026-11-23T10:00:00Z') });
    await createJob(store);
    const { updatedAt } = await known(store.jobs.claim(WORKER));
    await store.close();
    const again = await open({ folder, now: () => Date.parse('2020-01-01T00:00:00Z') });
    expect(again.clock.now() > updatedAt).toBe(true);
  });

  it('refuses a database that a newer Docket made, and leaves it as it is', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'docket.db');
    const newer = new BetterSqlite(path);
    newer.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    newer.close();
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'state.database_too_new',
      message: expect.stringContaining(`version ${MIGRATIONS.length + 1}`),
    });
    const after = new BetterSqlite(path, { readonly: true });
    expect(after.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1);
    expect(after.pragma('journal_mode', { simple: true })).toBe('delete');
    after.close();
    await rm(path);
    await open({ folder });
  });

  it('says of a broken database that it is one', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'docket.db'), 'this is no database at all, and long enough to look at'.repeat(100));
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'resource.unreadable',
      message: expect.stringContaining(join(folder, 'docket.db')),
    });
  });
});

describe('a data folder that cannot be used', () => {
  it('is named, with what is in the way: another program that holds the database', async () => {
    const { folder } = await withFile();
    const other = new BetterSqlite(join(folder, 'docket.db'));
    onTestFinished(() => void other.close());
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'state.database_locked',
      message: expect.stringMatching(new RegExp(`^${folder} .*another program holds the database; end it`)),
    });
    other.close();
    await open({ folder });
  });

  it('names a data folder that is a file, or lies in one', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    for (const [folder, reason] of [
      [file, 'EEXIST'],
      [join(file, 'home'), 'ENOTDIR'],
    ] as const) {
      const message = `${folder} cannot be used: it is no folder, and none can be made there (${reason}); name another one`;
      await expect(openStore({ folder })).rejects.toMatchObject({ code: 'state.data_folder_unwritable', message });
    }
  });

  // Root may write anywhere: for it, only a disk that is mounted for reading is in the way, which another suite mounts.
  it.skipIf(process.getuid?.() === 0)('is named, with what is in the way: rights', async () => {
    const { folder } = await withFile();
    await chmod(folder, 0o500);
    onTestFinished(() => chmod(folder, 0o700));
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'state.data_folder_unwritable',
      message: expect.stringContaining(folder),
    });
  });
});

describe('leases', () => {
  it('neither end nor last when the clock of the machine is set', async () => {
    const { now } = Date;
    onTestFinished(() => {
      Date.now = now;
    });
    const store = await open({ folder: await temporaryFolder() });
    const leaseMs = 60_000;
    const job = await createJob(store);
    await known(store.jobs.claim({ owner: 'one', leaseMs }));
    Date.now = () => now() + DAY_MS;
    expect(await store.jobs.claim({ owner: 'two', leaseMs })).toBeUndefined();
    const later = await createJob(store);
    expect(later.createdAt > job.createdAt).toBe(true);
    await known(store.jobs.claim({ owner: 'one', leaseMs: 0 }));
    Date.now = () => now() - DAY_MS;
    expect(await store.jobs.claim({ owner: 'two', leaseMs })).toMatchObject({ id: later.id });
    const last = await createJob(store);
    expect(last.createdAt > later.createdAt).toBe(true);
  });
});

describe('the lock of a data folder', () => {
  it('keeps a second store of this process out until the first is closed', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder });
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'state.data_folder_in_use',
      message: expect.stringMatching(/in use by another Docket process.*--data-dir/),
      data: { folder },
    });
    await createJob(store);
    await store.close();
    await store.close();
    await open({ folder });
  });

  it('keeps other processes out, and is free once such a process was killed', async () => {
    const folder = await temporaryFolder();
    await (await open({ folder })).close();
    const other = await lockInOtherProcess(folder);
    await expect(openStore({ folder })).rejects.toMatchObject({ code: 'state.data_folder_in_use' });
    other.kill('SIGKILL');
    await once(other, 'exit');
    await open({ folder });
  });
});

describe('the sweep at the start', () => {
  it('removes what a crash left: unfinished uploads, and bytes that no file has', async () => {
    const { folder, path, file } = await withFile();
    const unfinished = join(folder, 'files', 'incoming', 'x.part');
    // Between the renaming of received bytes and the row of their file, and between the end of that row and of the bytes.
    const orphan = join(folder, 'files', 'ab', OTHER_HASH);
    await mkdir(dirname(orphan));
    await Promise.all([unfinished, orphan].map((left) => writeFile(left, 'left behind')));
    const store = await open({ folder });
    expect(await store.files.locate(file.contentHash)).toMatchObject({ path });
    await expect(stat(unfinished)).rejects.toThrow('ENOENT');
    await expect(stat(orphan)).rejects.toThrow('ENOENT');
  });

  it('removes bytes whose file was deleted when the process ended before it removed them', async () => {
    const { folder, path, file } = await withFile();
    const store = await open({ folder });
    await store.files.delete(file.id);
    await store.close();
    await writeFile(path, 'the bytes again');
    await open({ folder });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('leaves alone what is none of its own', async () => {
    const { folder } = await withFile();
    const strange = [join(folder, 'files', 'README'), join(folder, 'files', 'ab', 'notes.txt')];
    await mkdir(join(folder, 'files', 'ab'), { recursive: true });
    for (const path of strange) await writeFile(path, 'mine');
    await open({ folder });
    for (const path of strange) expect((await stat(path)).size).toBe(4);
  });
});

describe('SqliteStore', () => {
  it('knows how much is free', async () => {
    const store = await open({ folder: await temporaryFolder() });
    expect(await store.freeBytes()).toBeGreaterThan(0);
  });

  it('probes without a trace, and says when it cannot write', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder });
    await store.probe();
    expect(await readdir(join(folder, 'files', 'incoming'))).toEqual([]);
    await rm(join(folder, 'files', 'incoming'), { recursive: true });
    await expect(store.probe()).rejects.toThrow('ENOENT');
    await store.close();
    await expect(store.probe()).rejects.toThrow(/not open/);
  });

  it('empties the write-ahead log when it tidies up', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder });
    await createJob(store);
    const log = join(folder, 'docket.db-wal');
    expect((await stat(log)).size).toBeGreaterThan(0);
    await store.tidy({ isIdle: true });
    await store.tidy({ isIdle: true });
    expect((await stat(log)).size).toBe(0);
    await createJob(store);
    await store.tidy({ isIdle: false });
    expect((await stat(log)).size).toBeGreaterThan(0);
  });

  it('empties the write-ahead log whatever is going on when a deletion could not', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder });
    const { id } = await createFile(store, 'hello');
    const log = join(folder, 'docket.db-wal');
    const reader = await readInOtherProcess(folder);
    await store.files.delete(id);
    await store.tidy({ isIdle: false });
    expect((await stat(log)).size).toBeGreaterThan(0);
    reader.kill('SIGKILL');
    await once(reader, 'exit');
    await store.tidy({ isIdle: false });
    expect((await stat(log)).size).toBe(0);
  });

  it('keeps no part of an upload that failed or was disposed of', async () => {
    const folder = await temporaryFolder();
    const store = await open({ folder });
    const incoming = join(folder, 'files', 'incoming');
    await expect(store.files.receive(chunksOf('a', 'b'), { maxBytes: 1 })).rejects.toMatchObject({
      code: 'request.too_large',
    });
    expect(await readdir(incoming)).toEqual([]);
    const content = await store.files.receive(chunksOf('a'), { maxBytes: 1 });
    expect(await readdir(incoming)).toHaveLength(1);
    await content[Symbol.asyncDispose]();
    expect(await readdir(incoming)).toEqual([]);
  });

  it('puts bytes back that were lost, when they are uploaded again', async () => {
    const { folder, path, file } = await withFile();
    const store = await open({ folder });
    await rm(path);
    await expect(store.files.read(file.contentHash)).rejects.toMatchObject({ code: 'resource.file_not_found' });
    await createFile(store, 'hello');
    expect(await readFile(path, 'utf8')).toBe('hello');
  });
});

async function open(options: OpenStoreOptions): Promise<Store> {
  const store = await openStore(options);
  onTestFinished(() => store.close());
  return store;
}

/** Makes a store with one file, and closes it. */
async function withFile() {
  const folder = await temporaryFolder();
  await using store = await openStore({ folder });
  const file = await createFile(store, 'hello');
  return { folder, file, path: join(folder, 'files', file.contentHash.slice(0, 2), file.contentHash) };
}

/** Holds the lock of a folder in another process, as a server there would. */
function lockInOtherProcess(folder: string): Promise<ChildProcess> {
  return holdInOtherProcess(join(folder, 'docket.lock'), 'BEGIN EXCLUSIVE');
}

/** Reads the database of a folder in another process, as a backup would, until that is killed. */
function readInOtherProcess(folder: string): Promise<ChildProcess> {
  return holdInOtherProcess(join(folder, DATABASE_NAME), 'BEGIN; CREATE TEMP TABLE x AS SELECT COUNT(*) FROM jobs');
}

async function holdInOtherProcess(path: string, sql: string): Promise<ChildProcess> {
  const program = `
    const connection = new (require(process.argv[1]))(process.argv[2]);
    connection.exec(process.argv[3]);
    console.log('held');
    setInterval(() => {}, 1000);`;
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  const child = spawn(process.execPath, ['-e', program, library, path, sql], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}
