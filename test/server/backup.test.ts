import { cpSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, until } from './support/api-client.js';
import { filesIn } from './support/data-folder.js';
import { checkIntegrity } from './support/database.js';
import { CONFIGURATION, fixture, tinyInvoice, variantOf } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';

const JOBS = 400;

function backUp(file: string, dataFolder: string) {
  return runDocket(['db', 'backup', file, '--data-dir', dataFolder]);
}

describe('docket db backup', () => {
  test('copies what a server is working on: another server goes on from the copy', async () => {
    await using server = await startServer();
    const client = new ApiClient(server.url);
    const done = await client.upload(fixture('minutes.txt'));
    const known = await client.classify({ file_input: done.id, configuration: CONFIGURATION, transaction_id: 'known' });
    const load = inParallel({ count: JOBS, width: 4 }, async (number) => {
      const { id: file_input } = await client.upload(variantOf(fixture('contract-3p.pdf'), number));
      return (await client.create({ file_input, configuration: CONFIGURATION })).id;
    });
    const copyFolder = temporaryFolder();
    const copy = join(copyFolder, 'docket.db');
    await until('some of the load', async () => (await client.jobPage({ page_size: 1 })).total_size > 20);
    const backup = await backUp(copy, server.dataFolder);
    expect(backup).toMatchObject({ exitCode: 0, stderr: '' });
    expect(backup.stdout).toContain(copy);
    // As the help says: the folder of files after the database.
    cpSync(join(server.dataFolder, 'files'), join(copyFolder, 'files'), { recursive: true });
    expect(filesIn(copyFolder).filter((path) => !path.startsWith('files'))).toEqual(['docket.db']);
    expect(checkIntegrity(copyFolder)).toEqual(['ok']);
    const ids = new Set([known.id, ...(await load)]);
    await client.allEnded();

    await using second = await startServer({ dataFolder: copyFolder });
    const secondClient = new ApiClient(second.url);
    await secondClient.allEnded();
    const copied = await secondClient.jobs();
    expect(copied.length).toBeGreaterThan(20);
    for (const job of copied) {
      expect(job.status).toBe('COMPLETED');
      expect(ids).toContain(job.id);
    }
    expect(await secondClient.job(known.id)).toEqual(known);
    const again = { file_input: done.id, configuration: CONFIGURATION };
    expect((await secondClient.create({ ...again, transaction_id: 'known' })).id).toBe(known.id);
    expect((await secondClient.classify(again)).result).toEqual(known.result);
  });

  test('copies the data of a server that does not run, for its owner alone', async () => {
    const dataFolder = temporaryFolder();
    await using server = await startServer({ dataFolder });
    await new ApiClient(server.url).upload(tinyInvoice());
    await server.stop();
    const copy = join(temporaryFolder(), 'docket.db');
    expect(await backUp(copy, dataFolder)).toMatchObject({ exitCode: 0 });
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o077).toBe(0);
  });

  test('does not overwrite: a target that is there is refused and stays as it is', async () => {
    await using server = await startServer();
    const folder = temporaryFolder({ 'docket.db': 'precious' });
    const target = join(folder, 'docket.db');
    const { exitCode, stderr } = await backUp(target, server.dataFolder);
    expect([1, 2]).toContain(exitCode);
    expect(stderr).toMatch(/^docket: .+\n$/);
    expect(stderr).toContain(target);
    await expect(copyFile(target, join(folder, 'copy'))).resolves.toBeUndefined();
    expect(filesIn(folder)).toEqual(['copy', 'docket.db']);
    expect(statSync(target).size).toBe('precious'.length);
  });

  test('says where it looked when there is no database, and makes none', async () => {
    const folder = temporaryFolder();
    const { exitCode, stderr } = await backUp(join(folder, 'copy.db'), folder);
    expect([1, 2]).toContain(exitCode);
    expect(stderr).toMatch(/^docket: .+\n$/);
    expect(stderr).toContain(folder);
    expect(filesIn(folder)).toEqual([]);
  });

  test('says so when the target cannot be written', async () => {
    await using server = await startServer();
    const target = join(server.dataFolder, 'no-such-folder', 'copy.db');
    const { exitCode, stderr } = await backUp(target, server.dataFolder);
    expect([1, 2]).toContain(exitCode);
    expect(stderr).toMatch(/^docket: .+\n$/);
    expect(stderr).not.toContain('please report it');
  });
});

test('the write-ahead log is empty when the server has been idle for a while', async () => {
  await using server = await startServer();
  const client = new ApiClient(server.url);
  const log = join(server.dataFolder, 'docket.db-wal');
  for (const round of [1, 2]) {
    const { id: file_input } = await client.upload(tinyInvoice(round));
    await inParallel({ count: 200, width: 8 }, () => client.create({ file_input, configuration: CONFIGURATION }));
    expect(statSync(log).size).toBeGreaterThan(0);
    await client.allEnded();
    await until('an empty log', () => statSync(log).size === 0, 20_000);
  }
});
