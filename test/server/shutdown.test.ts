import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { canListProcesses, engineProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, until } from './support/api-client.js';
import { blobsIn } from './support/data-folder.js';
import { openDatabase } from './support/database.js';
import { CONFIGURATION, fixture, tinyInvoice, variantOf } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';
import { isAlive } from './support/is-alive.js';
import { launchRefused, launchServer } from './support/launch-server.js';
import { FORM_TYPE, formHead } from './support/multipart.js';
import { pauseEngine } from './support/paused-engine.js';
import { openRequest } from './support/raw-request.js';

/** The promise of the product: whatever it does, it has ended by then. */
const LONGEST_STOP_MS = 10_000;

const JOBS = 10;
const KEY = 'llx-a-key-of-the-tests';

describe('SIGTERM', () => {
  test('finishes or gives back what runs, leaves nothing behind, and all of it ends after the next start', async () => {
    const dataFolder = temporaryFolder();
    await using launched = launchServer({ dataFolder });
    const client = new ApiClient(await launched.address);
    await launched.ready;
    const ids = await createLongJobs(client);
    await until('work', async () => (await client.jobPage({ status: 'COMPLETED', page_size: 1 })).total_size > 0);
    const engines = canListProcesses ? engineProcesses(launched.processId) : new Map<number, number>();
    launched.send('SIGTERM');
    expectPromptEnd(await launched.ended);
    if (canListProcesses) expect(engines.size).toBeGreaterThan(0);
    expect([...engines.keys()].filter(isAlive)).toEqual([]);
    {
      using database = openDatabase(dataFolder);
      const rows = database.rows<{ status: string }>('SELECT DISTINCT status FROM jobs ORDER BY status');
      expect(rows.map(({ status }) => status)).toEqual(['COMPLETED', 'PENDING']);
    }

    await using next = await startServer({ dataFolder });
    const nextClient = new ApiClient(next.url);
    await nextClient.allEnded();
    const jobs = await nextClient.jobs();
    expect(new Set(jobs.map(({ id }) => id))).toEqual(new Set(ids));
    expect(jobs.filter(({ status }) => status !== 'COMPLETED')).toEqual([]);
  });

  test.runIf(canListProcesses).concurrent('does not wait for an engine that hangs', { timeout: 90_000 }, async () => {
    const dataFolder = temporaryFolder();
    await using launched = launchServer({ dataFolder, args: ['--concurrency', '1'] });
    const client = new ApiClient(await launched.address);
    await launched.ready;
    const { id: file_input } = await client.upload(tinyInvoice());
    const engines = [...engineProcesses(launched.processId).keys()];
    {
      using _paused = pauseEngine(launched);
      for (let count = 0; count < 4; count++) await client.create({ file_input, configuration: CONFIGURATION });
      launched.send('SIGTERM');
      expectPromptEnd(await launched.ended);
    }
    expect(engines.filter(isAlive)).toEqual([]);

    await using next = await startServer({ dataFolder });
    const nextClient = new ApiClient(next.url);
    await nextClient.allEnded();
    expect((await nextClient.jobs()).map(({ status }) => status)).toEqual(Array(4).fill('COMPLETED'));
  });

  test.concurrent('does not wait for an upload, and leaves nothing of it on disk', async () => {
    const dataFolder = temporaryFolder();
    await using launched = launchServer({ dataFolder });
    const { answer, outgoing } = openRequest(await launched.address, {
      method: 'POST',
      path: '/api/v1/beta/files',
      headers: { 'content-type': FORM_TYPE },
    });
    outgoing.write(formHead('slow.txt'));
    outgoing.write(Buffer.alloc(200_000, 'slow '));
    await until('the upload', () => blobsIn(dataFolder).length > 0);
    await launched.ready;
    launched.send('SIGTERM');
    expectPromptEnd(await launched.ended);
    await answer.then(
      ({ status }) => expect(status).toBeGreaterThanOrEqual(400),
      () => {},
    );

    await using next = await startServer({ dataFolder });
    expect(blobsIn(dataFolder)).toEqual([]);
    expect((await new ApiClient(next.url).upload(tinyInvoice())).name).toBe('tiny-invoice.txt');
  });

  test.concurrent('ends a server that is still starting', async () => {
    await using launched = launchServer({ dataFolder: temporaryFolder() });
    await launched.address;
    launched.send('SIGTERM');
    expectPromptEnd(await launched.ended);
  });
});

describe.concurrent('a server that should not start', () => {
  test('a second one on the same folder: refused, and the first one does not notice', async () => {
    await using first = await startServer();
    const { exitCode, message } = await launchRefused({ dataFolder: first.dataFolder });
    expectRefusal({ exitCode, message });
    expect(message).toContain(first.dataFolder);
    const client = new ApiClient(first.url);
    const { id: file_input } = await client.upload(tinyInvoice());
    expect((await client.classify({ file_input, configuration: CONFIGURATION })).status).toBe('COMPLETED');
  });

  test('a port that another program has: refused, by its number', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    try {
      const refusal = await launchRefused({ dataFolder: temporaryFolder(), args: ['--port', String(port)] });
      expectRefusal(refusal);
      expect(refusal.message).toContain(String(port));
    } finally {
      other.close();
    }
  });

  test('a public address without a key: refused, with both ways out', async () => {
    const refusal = await launchRefused({ dataFolder: temporaryFolder(), args: ['--host', '0.0.0.0'] });
    expectRefusal(refusal);
    expect(refusal.message).toContain('--api-key-file');
    expect(refusal.message).toContain('--allow-anonymous');
  });

  test.each([
    { what: 'is not there', content: undefined, says: 'cannot be read' },
    { what: 'is empty', content: '\n# only a comment\n', says: 'no key' },
    { what: 'has a key that anybody could guess', content: `${KEY}\nshort\n`, says: 'line 2' },
  ])('an API key file that $what: refused, by its path', async ({ content, says }) => {
    const folder = temporaryFolder(content === undefined ? {} : { 'keys.txt': content });
    const path = join(folder, 'keys.txt');
    const refusal = await launchRefused({ dataFolder: folder, args: ['--api-key-file', path] });
    expectRefusal(refusal);
    expect(refusal.message).toContain(path);
    expect(refusal.message).toContain(says);
  });

  test('a setting that is none: refused, by its name', async () => {
    const refusal = await launchRefused({ dataFolder: temporaryFolder(), env: { DOCKET_JOBS_MAX_PENDING: 'many' } });
    expectRefusal(refusal);
    expect(refusal.message).toContain('jobs.maxPending');
  });
});

describe('a public address', () => {
  test('is bound with keys: who has one may ask, others may not', async () => {
    const folder = temporaryFolder({ 'keys.txt': `# ours\n${KEY}\n` });
    const args = ['--host', '0.0.0.0', '--api-key-file', join(folder, 'keys.txt')];
    await using server = launchServer({ dataFolder: folder, args });
    const client = await clientOf(server);
    const ask = (headers: Record<string, string>) => client.send('GET', '/api/v2/classify', { headers });
    expect((await ask({ authorization: `Bearer ${KEY}` })).status).toBe(200);
    const refused = await ask({});
    expect(refused).toMatchObject({ status: 401, body: { detail: 'Not authenticated' } });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    const wrong = await ask({ authorization: 'Bearer llx-another-key' });
    expect(wrong).toMatchObject({ status: 401, body: { detail: 'Invalid API Key' } });
    expect((await client.send('GET', '/health/live')).status).toBe(200);
    expect(server.log()).not.toContain(KEY);
  });

  test('is bound without keys when that is said', async () => {
    const args = ['--host', '0.0.0.0', '--allow-anonymous'];
    await using server = launchServer({ dataFolder: temporaryFolder(), args });
    expect((await (await clientOf(server)).jobPage()).items).toEqual([]);
  });
});

async function clientOf({ address }: { readonly address: Promise<string> }): Promise<ApiClient> {
  return new ApiClient((await address).replace('0.0.0.0', '127.0.0.1'));
}

/** Jobs enough to be stopped in their midst: each over a document of its own, which has to be read. */
async function createLongJobs(client: ApiClient): Promise<string[]> {
  const manual = fixture('manual-40p.pdf');
  const configuration = { ...CONFIGURATION, parsing_configuration: { max_pages: 40 } };
  return inParallel({ count: JOBS, width: 8 }, async (number) => {
    const { id: file_input } = await client.upload(variantOf(manual, number));
    return (await client.create({ file_input, configuration })).id;
  });
}

function expectPromptEnd(end: Awaited<ReturnType<typeof launchServer>['ended']>): void {
  expect(end).toMatchObject({ exitCode: 0, signal: null });
  expect(end.afterMs).toBeLessThan(LONGEST_STOP_MS);
}

/** One line that begins with the name of the program, and a status that says failure. */
function expectRefusal({ exitCode, message }: { readonly exitCode: number | null; readonly message: string }): void {
  expect([1, 2], message).toContain(exitCode);
  expect(message).toMatch(/^docket: .+$/m);
  expect(message).not.toMatch(/^\s+at /m);
}
