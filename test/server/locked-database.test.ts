import { expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, until } from './support/api-client.js';
import { readAudit, startAudit } from './support/audit.js';
import { ALONE, holdDatabase, WRITING } from './support/database-lock.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';
import { launchRefused, launchServer } from './support/launch-server.js';
import { pauseEngine } from './support/paused-engine.js';

/** So many creates, at the five seconds each that SQLite is often told to wait, would outlast any test. */
const CREATES = 60;

test('a server does not start beside a program that has the database to itself, and says why', async () => {
  const dataFolder = temporaryFolder();
  await (await startServer({ dataFolder })).stop();
  {
    await using _held = await holdDatabase(dataFolder, ALONE);
    const { exitCode, message } = await launchRefused({ dataFolder });
    expect(exitCode).toBe(1);
    expect(message).toMatch(new RegExp(`${dataFolder} cannot be used: another program holds the database; end it`));
  }
  await using server = await startServer({ dataFolder });
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
});

test('a program that holds the database: writers are told at once, readers are answered, and all goes on after it', async () => {
  await using server = await startServer();
  const client = new ApiClient(server.url);
  const { id: file_input } = await client.upload(tinyInvoice());
  const ended = await client.classify({ file_input, configuration: CONFIGURATION });
  const body = { file_input, configuration: CONFIGURATION };
  {
    await using _held = await holdDatabase(server.dataFolder, WRITING);
    const [refused, read] = await Promise.all([
      inParallel({ count: CREATES, width: CREATES }, () => client.sendCreate(body)),
      inParallel({ count: CREATES, width: 4 }, () => client.job(ended.id)),
    ]);
    for (const answer of [...refused, await client.sendFile(tinyInvoice(2))]) {
      expect({ status: answer.status, code: answer.headers.get('docket-error-code'), body: answer.body }).toEqual({
        status: 503,
        code: 'state.database_locked',
        body: { detail: expect.stringMatching(/^another program holds the database; end it .* and try again$/) },
      });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(read).toEqual(Array(CREATES).fill(ended));
  }
  expect(await client.classify(body)).toMatchObject({ status: 'COMPLETED' });
  expect(await client.jobs()).toHaveLength(2);
});

test.runIf(canListProcesses)('results wait for the database, and are written once', async () => {
  const dataFolder = temporaryFolder();
  await startAudit(dataFolder);
  await using server = launchServer({ dataFolder, args: ['--concurrency', '1'] });
  const client = new ApiClient(await server.address);
  await server.ready;
  const { id: file_input } = await client.upload(tinyInvoice());
  {
    using paused = pauseEngine(server);
    for (let count = 0; count < 3; count++) await client.create({ file_input, configuration: CONFIGURATION });
    await until('work', async () => (await client.jobPage({ status: 'RUNNING' })).total_size === 2);
    await using _held = await holdDatabase(dataFolder, WRITING);
    paused[Symbol.dispose]();
    await until('a result that waits', () => server.log().includes('something waits to be stored: another program'));
    expect((await client.jobPage({ status: 'RUNNING' })).total_size).toBe(2);
  }
  await client.allEnded();
  expect((await client.jobs()).map(({ status }) => status)).toEqual(Array(3).fill('COMPLETED'));
  const counts = readAudit(dataFolder).map(({ claims, endings, results }) => [claims, endings, results]);
  expect(counts).toEqual(Array(3).fill([1, 1, 1]));
});
