import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUpDatabase } from './back-up-database.js';
import { openStore } from './open-store.js';
import { createJob, PROJECT } from './testing/samples.js';
import { temporaryFolder } from './testing/temporary-folder.js';

describe('backUpDatabase', () => {
  it('makes a copy that only its owner can read and that opens in a new folder', async () => {
    const { folder, store } = await openWithJobs(3);
    const target = await temporaryFolder();
    await backUpDatabase(folder, join(target, 'copy.db'));
    await createJob(store);
    expect(await readdir(target)).toEqual(['copy.db']);
    expect((await stat(join(target, 'copy.db'))).mode & 0o777).toBe(0o600);
    const copy = await openCopy(join(target, 'copy.db'));
    expect((await copy.jobs.list({ projectId: PROJECT, limit: 1 })).total).toBe(3);
    expect(copy.secret).toEqual(store.secret);
  });

  it('makes a consistent copy while another process writes', async () => {
    const { folder, store } = await openWithJobs(200);
    await store.close();
    const writer = await writeInOtherProcess(folder);
    const target = await temporaryFolder();
    for (const name of ['1.db', '2.db', '3.db']) {
      const path = join(target, name);
      await backUpDatabase(folder, path);
      const copy = new BetterSqlite(path, { readonly: true });
      expect(copy.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      // Each transaction of the writer adds as many as it takes away.
      expect(copy.prepare('SELECT COUNT(*) FROM jobs').pluck().get()).toBe(200);
      expect(copy.prepare(`SELECT jobs FROM job_counts WHERE project_id = ''`).pluck().get()).toBe(200);
      copy.close();
    }
    expect(writer.exitCode).toBeNull();
    const copy = await openCopy(join(target, '3.db'));
    expect((await copy.jobs.list({ projectId: PROJECT, limit: 1 })).total).toBe(200);
  });

  it('copies a database that no server uses', async () => {
    const { folder, store } = await openWithJobs(1);
    await store.close();
    const file = join(await temporaryFolder(), 'copy.db');
    await backUpDatabase(folder, file);
    expect((await (await openCopy(file)).jobs.counts()).byStatus.PENDING).toBe(1);
  });

  it('never overwrites', async () => {
    const { folder } = await openWithJobs(1);
    const target = await temporaryFolder();
    const file = join(target, 'precious.txt');
    await writeFile(file, 'precious');
    await expect(backUpDatabase(folder, file)).rejects.toMatchObject({
      code: 'request.invalid_usage',
      message: expect.stringContaining(file),
    });
    expect(await readFile(file, 'utf8')).toBe('precious');
    expect(await readdir(target)).toEqual(['precious.txt']);
  });

  it('says where it cannot write, and where there is no database', async () => {
    const { folder } = await openWithJobs(1);
    const empty = await temporaryFolder();
    await expect(backUpDatabase(folder, join(empty, 'missing', 'copy.db'))).rejects.toMatchObject({
      code: 'request.invalid_usage',
      message: expect.stringContaining('missing'),
    });
    await expect(backUpDatabase(empty, join(empty, 'copy.db'))).rejects.toMatchObject({
      code: 'resource.file_not_found',
      message: expect.stringContaining(empty),
    });
    expect(await readdir(empty)).toEqual([]);
  });
});

async function openWithJobs(count: number) {
  const folder = await temporaryFolder();
  const store = await openStore({ folder });
  onTestFinished(() => store.close());
  for (let index = 0; index < count; index++) await createJob(store);
  return { folder, store };
}

async function openCopy(file: string) {
  const folder = await temporaryFolder();
  await copyFile(file, join(folder, 'docket.db'));
  const store = await openStore({ folder });
  onTestFinished(() => store.close());
  return store;
}

/** Replaces jobs by others in another process, one transaction after the other, until it is killed. */
async function writeInOtherProcess(folder: string) {
  const program = `
    const connection = new (require(process.argv[1]))(process.argv[2]);
    let round = 0;
    const replace = connection.transaction(() => {
      const row = connection.prepare('SELECT * FROM jobs ORDER BY RANDOM() LIMIT 1').get();
      connection.prepare('DELETE FROM jobs WHERE id = ?').run(row.id);
      const names = Object.keys(row);
      const sql = 'INSERT INTO jobs (' + names + ') VALUES (' + names.map((name) => '@' + name) + ')';
      connection.prepare(sql).run({ ...row, id: 'clj-' + round++, input: 'x'.repeat(round % 5000) });
    });
    const go = () => { replace.immediate(); setImmediate(go); };
    go();
    console.log('writing');`;
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  const child = spawn(process.execPath, ['-e', program, library, join(folder, 'docket.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await once(child.stdout, 'data');
  return child;
}
