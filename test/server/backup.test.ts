import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { type FinishedRun, runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, until } from './support/api-client.js';
import { filesIn } from './support/data-folder.js';
import { checkIntegrity, openDatabase } from './support/database.js';
import { CONFIGURATION, fixture, tinyInvoice, variantOf } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';
import { launchServer } from './support/launch-server.js';
import { sharedServer } from './support/shared-server.js';

const JOBS = 40;

/** Jobs that are there when the copy is made. */
const COPIED_JOBS = 10;

/** How long until an idle server has tidied up. */
const LONGEST_IDLE_MS = 20_000;

function backUp(file: string, dataFolder: string) {
  return runDocket(['db', 'backup', file, '--data-dir', dataFolder]);
}

const server = sharedServer();

describe('docket db backup', () => {
  test('copies what a server is working on: another server goes on from the copy', async () => {
    const { client } = server;
    const done = await client.upload(fixture('minutes.txt'));
    const known = await client.classify({ file_input: done.id, configuration: CONFIGURATION, transaction_id: 'known' });
    const load = inParallel({ count: JOBS, width: 4 }, async (number) => {
      const { id: file_input } = await client.upload(variantOf(fixture('contract-3p.pdf'), number));
      return (await client.create({ file_input, configuration: CONFIGURATION })).id;
    });
    const copyFolder = temporaryFolder();
    const copy = join(copyFolder, 'docket.db');
    await until('some of the load', async () => (await client.jobPage({ page_size: 1 })).total_size > COPIED_JOBS);
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
    expect(copied.length).toBeGreaterThan(COPIED_JOBS);
    for (const job of copied) {
      expect(job.status).toBe('COMPLETED');
      expect(ids).toContain(job.id);
    }
    expect(await secondClient.job(known.id)).toEqual(known);
    const again = { file_input: done.id, configuration: CONFIGURATION };
    expect((await secondClient.create({ ...again, transaction_id: 'known' })).id).toBe(known.id);
    expect((await secondClient.classify(again)).result).toEqual(known.result);
  });

  describe('without a server', () => {
    let dataFolder: string;

    beforeAll(async () => {
      dataFolder = temporaryFolder();
      await using other = launchServer({ dataFolder });
      await new ApiClient(await other.address).upload(tinyInvoice());
      other.send('SIGTERM');
      await other.ended;
    }, 90_000);

    test('copies what it left, for its owner alone', async () => {
      const folder = temporaryFolder();
      const copy = join(folder, 'docket.db');
      expect(await backUp(copy, dataFolder)).toMatchObject({ exitCode: 0 });
      if (process.platform !== 'win32') expect(statSync(copy).mode & 0o077).toBe(0);
      using database = openDatabase(folder);
      expect(database.rows('SELECT name FROM files')).toEqual([{ name: 'tiny-invoice.txt' }]);
    });

    test.concurrent('does not overwrite: a target that is there is refused and stays as it is', async () => {
      const folder = temporaryFolder({ 'docket.db': 'precious' });
      const target = join(folder, 'docket.db');
      expectRefusal(await backUp(target, dataFolder), target);
      expect(filesIn(folder)).toEqual(['docket.db']);
      expect(readFileSync(target, 'utf8')).toBe('precious');
    });

    test.concurrent('says where it looked when there is no database, and makes none', async () => {
      const folder = temporaryFolder();
      expectRefusal(await backUp(join(folder, 'copy.db'), folder), folder);
      expect(filesIn(folder)).toEqual([]);
    });

    test.concurrent('says which target cannot be written', async () => {
      const target = join(temporaryFolder(), 'no-such-folder', 'copy.db');
      expectRefusal(await backUp(target, dataFolder), target);
    });
  });
});

/** One line that names what it is about, and a status that says failure. */
function expectRefusal({ exitCode, stderr }: FinishedRun, about: string): void {
  expect([1, 2], stderr).toContain(exitCode);
  expect(stderr).toMatch(/^docket: .+\n$/);
  expect(stderr).toContain(about);
  expect(stderr).not.toContain('please report it');
}

test('the write-ahead log is empty when the server has been idle for a while', async () => {
  const { client } = server;
  const log = join(server.dataFolder, 'docket.db-wal');
  const { id: file_input } = await client.upload(tinyInvoice());
  const create = () => client.create({ file_input, configuration: CONFIGURATION });
  const created = await inParallel({ count: 50, width: 8 }, create);
  expect(statSync(log).size).toBeGreaterThan(0);
  await client.allEnded();
  await until('an empty log', () => statSync(log).size === 0, LONGEST_IDLE_MS);
  const listed = new Set((await client.jobs()).map(({ id }) => id));
  expect(created.filter(({ id }) => !listed.has(id))).toEqual([]);
});
