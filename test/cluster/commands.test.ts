import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../packages/cli/src/testing/fake-shell.js';
import { PostgresDatabase } from '../../packages/store/src/postgres/postgres-database.js';
import { noPostgres, PrivatePostgres } from '../../packages/store/src/testing/private-postgres.js';
import { ApiClient, type ApiJob, until } from '../server/support/api-client.js';
import { fixture, RULES, sampleRules, textDocument, variantOf } from '../server/support/documents.js';
import { type DocketServer, startServer } from '../support/docket-server.js';
import { type DocketWorker, startWorker } from '../support/docket-worker.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SECRET = 's3cret-of-the-tests';
const CONFIGURATION = { rules: RULES };
const TIMEOUT_MS = 180_000;

/** What `docket workers` tells of one. */
interface ListedWorker {
  readonly processId: number;
  readonly concurrency: number;
  readonly engine: string;
  readonly differs: boolean;
}

describe.skipIf(noPostgres)(`servers and workers on one database${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let postgres: PrivatePostgres;
  let address: string;
  let server: DocketServer;
  let worker: DocketWorker;
  let client: ApiClient;

  beforeAll(async () => {
    postgres = await PrivatePostgres.start();
    // Nobody asks for it here, but it must not be shown either.
    address = postgres.url.replace('docket@', `docket:${SECRET}@`);
    const file = join(temporaryFolder({ database: `${address}\n` }), 'database');
    // Each starts without waiting for the other, on a database that is still empty.
    [server, worker] = await Promise.all([
      startServer({ args: ['--no-worker'], env: { DOCKET_DATABASE: address } }),
      startWorker({ args: ['--database-file', file, '--concurrency', '1'] }),
    ]);
    client = new ApiClient(server.url);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await worker?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await postgres?.[Symbol.asyncDispose]();
  });

  const workers = async () => {
    const { stdout } = await runDocket(['workers', '--format', 'json'], { env: { DOCKET_DATABASE: address } });
    return JSON.parse(stdout) as ListedWorker[];
  };
  const explanationOf = (id: string) => {
    return client.request<{ readonly scorer: string; readonly other_engine: unknown }>(
      'GET',
      `/api/local/classify/${id}/explanation`,
    );
  };
  const classify = async (number: number): Promise<ApiJob> => {
    const { id } = await client.upload(textDocument('a.txt', `INVOICE\nInvoice number: ${number}\nTotal due 38.40`));
    const headers = { prefer: 'wait=60' };
    return client.request('POST', '/api/v2/classify', {
      json: { file_input: id, configuration: CONFIGURATION },
      headers,
    });
  };

  test('a worker answers what a server has accepted, while that waits', async () => {
    const job = await classify(1);
    expect(job).toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' }, parse_job_id: expect.any(String) });
    expect(await explanationOf(job.id)).toMatchObject({ other_engine: null });
  });

  test('the events of a server tell what others accept and answer', { timeout: TIMEOUT_MS }, async () => {
    await using other = await startServer({ args: ['--no-worker'], env: { DOCKET_DATABASE: address } });
    const ended = new AbortController();
    const stream = await fetch(`${other.url}/api/local/events`, { signal: ended.signal });
    let text = '';
    let asked: Promise<ApiJob> | undefined;
    let id: string | undefined;
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (!text.includes('event: ready')) continue;
      asked ??= classify(2);
      id ??= /"id":"(clj-[^"]+)"/.exec(text)?.[1];
      if (id !== undefined && text.includes(`"id":"${id}","status":"COMPLETED"`)) break;
    }
    ended.abort();
    expect((await asked)?.id).toBe(id);
  });

  test('docket workers and /metrics tell who works, with versions and models', async () => {
    // Both started at once: either may have been the first.
    const known = (await workers()).toSorted((one, other) => one.concurrency - other.concurrency);
    expect(known).toEqual([
      expect.objectContaining({ processId: server.processId, serves: true, concurrency: 0, isAlive: true }),
      expect.objectContaining({
        processId: worker.processId,
        serves: false,
        concurrency: 1,
        differs: false,
        models: ['built-in'],
      }),
    ]);
    const { stdout } = await runDocket(['workers'], { env: { DOCKET_DATABASE: address } });
    expect(stdout).toMatch(/serves +alive/);
    expect(stdout).toMatch(/works +alive/);
    const metrics = await client.request<string>('GET', '/metrics');
    expect(metrics).toMatch(/^docket_workers\{version="[\d.]+",engine="docket\/.*",models="built-in"\} 1$/m);
    expect(metrics).toMatch(/^docket_queue_depth 0$/m);
  });

  test('docket workers only reads: a database that no server has been to stays empty', async () => {
    const database = postgres.createDatabase('untouched');
    const { stdout, exitCode } = await runDocket(['workers', '--database', database]);
    expect({ stdout, exitCode }).toEqual({ stdout: 'nobody works or serves\n', exitCode: 0 });
    const client = new PostgresDatabase({ connectionString: database });
    const schemas = await client.all(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'docket%'`);
    await client.close();
    expect(schemas).toEqual([]);
  });

  test('a job that is cancelled at one server is dropped by its worker', async () => {
    const rules = await sampleRules();
    const jobs: ApiJob[] = [];
    for (let number = 0; number < 6; number++) {
      const { id } = await client.upload(variantOf(fixture('manual-40p.pdf'), number));
      jobs.push(await client.create({ file_input: id, configuration: { rules } }));
    }
    let running: ApiJob | undefined;
    await until('a job that runs', async () => {
      [running] = (await client.jobPage({ status: 'RUNNING' })).items;
      return running !== undefined;
    });
    const { id = '' } = running ?? {};
    const { status, body } = await client.send<ApiJob>('POST', `/api/v2/classify/${id}/cancel`);
    // Unless it has just ended.
    if (status === 200) {
      expect(body.status).toBe('CANCELLED');
      await until('the worker to drop it', () => worker.log().includes(`"id":"${id}","status":"dropped"`));
      expect((await client.job(id)).status).toBe('CANCELLED');
    }
    for (const job of jobs) await client.ended(job.id);
  });

  test('a worker that stops gives back what it has, and another with another engine says so in its answer', async () => {
    const settings = { PGHOST: '127.0.0.1', PGPORT: String(postgres.port), PGUSER: 'docket', PGDATABASE: 'docket' };
    const env = { ...settings, DOCKET_SCORER: 'evidence' };
    worker.send('SIGTERM');
    expect((await worker.ended).exitCode).toBe(0);
    worker = await startWorker({ database: 'postgres://', env });
    const job = await classify(2);
    const { scorer, other_engine: other } = await explanationOf(job.id);
    expect(scorer).toMatch(/^evidence /);
    expect(other).toEqual({
      answered: expect.stringMatching(/^docket\/[\d.]+ evidence /),
      expected: expect.stringMatching(/^docket\/[\d.]+ auto /),
    });
    expect((await workers()).filter(({ differs }) => differs).map(({ processId }) => processId)).toEqual([
      worker.processId,
    ]);
  });

  test('deleting a file takes what workers have left of it', async () => {
    const { id } = await client.upload(textDocument('b.txt', 'INVOICE\nInvoice number: 3\nTotal due 38.40'));
    const job = await client.classify({ file_input: id, configuration: CONFIGURATION });
    await client.deleteFile(id);
    expect((await client.send('GET', `/api/local/classify/${job.id}/explanation`)).status).toBe(404);
    const { body } = await client.send<{ text: unknown }>('GET', `/api/v2/parse/${job.parse_job_id}`, {
      query: { expand: 'text' },
    });
    expect(body.text).toBeNull();
  });

  test('the password is shown nowhere', async () => {
    const env = { DOCKET_DATABASE: address };
    const config = await runDocket(['config'], { env });
    const doctor = await runDocket(['doctor'], { env });
    expect(config.stdout).toContain('postgres://docket:***@127.0.0.1');
    expect(doctor.stdout).toMatch(/database +PostgreSQL [\d.]+ at postgres:\/\/docket:\*\*\*@127\.0\.0\.1/);
    const metrics = await client.request<string>('GET', '/metrics');
    const unreachable = await runDocket(['workers', '--database', `postgres://u:${SECRET}@127.0.0.1:1/x`]);
    expect(unreachable).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be reached') });
    for (const text of [config.stdout, doctor.stdout, metrics, unreachable.stderr, server.log(), worker.log()]) {
      expect(text).not.toContain(SECRET);
    }
  });

  test('without its database a server answers 503, and goes on when it is back', async () => {
    await postgres.stop();
    const answer = await client.send('GET', '/api/v2/classify');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('docket-error-code')).toBe('state.database_unreachable');
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(await client.send('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { checks: { database: { status: 'failed' } } },
    });
    await postgres.startAgain();
    await until('the server to be ready', async () => (await client.send('GET', '/health/ready')).status === 200);
    expect((await classify(4)).status).toBe('COMPLETED');
  });

  test(
    'docket db migrate moves a data folder, and says what it moved',
    async () => {
      const home = temporaryFolder();
      await using old = await startServer({ dataFolder: home });
      const before = new ApiClient(old.url);
      const { id } = await before.upload(fixture('invoice-1p.pdf'));
      const job = await before.classify({ file_input: id, configuration: CONFIGURATION });
      await old.stop();
      const to = postgres.createDatabase('moved');
      const files = temporaryFolder();
      const moved = await runDocket(['db', 'migrate', '--from', join(home, 'docket.db'), '--to', to], {
        env: { DOCKET_FILES_FOLDER: files },
      });
      expect(moved).toMatchObject({
        exitCode: 0,
        stderr: '',
        stdout: expect.stringMatching(/1 {2}jobs\n[\s\S]*compared/),
      });
      await using young = await startServer({ args: ['--database', to, '--files', files] });
      const after = new ApiClient(young.url);
      expect(await after.job(job.id)).toEqual(job);
      // What was moved is where the server looks for it.
      expect((await after.classify({ file_input: id, configuration: CONFIGURATION })).status).toBe('COMPLETED');
      const elsewhere = await runDocket(['worker', '--database', to]);
      expect(elsewhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name it with --files') });
    },
    TIMEOUT_MS,
  );
});

test.each([
  [['worker'], 'docket worker needs a PostgreSQL database'],
  [['serve', '--no-worker'], 'docket serve --no-worker needs a PostgreSQL database'],
  [['workers'], 'docket workers needs a PostgreSQL database'],
  [['serve', '--files', '/srv/files'], 'filesFolder is for a PostgreSQL database'],
  [['worker', '--database-file', '/nowhere'], 'the file /nowhere with the address of the database cannot be read'],
  [['worker', '--database', 'mysql://x'], 'it must begin with postgres://'],
])('docket %j is refused', async (argv, problem) => {
  const { exitCode, stderr } = await runCommand(argv, { env: { DOCKET_HOME: temporaryFolder() } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(problem) });
});
