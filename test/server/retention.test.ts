import { describe, expect, test } from 'vitest';
import { type DocketServer, startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiFile, type ApiJob, until } from './support/api-client.js';
import { blobsIn } from './support/data-folder.js';
import { CONFIGURATION, fixture, tinyInvoice } from './support/documents.js';
import { pauseEngine } from './support/paused-engine.js';

/** What a first server leaves behind: a file that was classified. */
interface Left {
  readonly dataFolder: string;
  readonly file: ApiFile;
  readonly job: ApiJob;
}

async function leaveAnAnswer(): Promise<Left> {
  const dataFolder = temporaryFolder();
  await using server = await startServer({ dataFolder });
  const client = new ApiClient(server.url);
  const file = await client.upload(fixture('minutes.txt'));
  const job = await client.classify({ file_input: file.id, configuration: CONFIGURATION });
  expect(job.status).toBe('COMPLETED');
  return { dataFolder, file, job };
}

/** Lets everything that there is become a second old, and starts a server that sweeps. */
async function startSweeping({ dataFolder, job }: Left, env: Record<string, string>): Promise<DocketServer> {
  const from = Date.parse(job.created_at);
  await until('things to grow old', () => Date.now() > from + 3_000);
  return startServer({ dataFolder, env });
}

/** What there is of a left answer, by status. */
async function statusesOf(url: string, { file, job }: Left) {
  const client = new ApiClient(url);
  const status = async (path: string) => (await client.send('GET', path)).status;
  const parse = await client.send<{ text: unknown }>('GET', `/api/v2/parse/${job.parse_job_id}`, {
    query: { expand: 'text' },
  });
  return {
    file: await status(`/api/v1/beta/files/${file.id}`),
    job: await status(`/api/v2/classify/${job.id}`),
    explanation: await status(`/api/local/classify/${job.id}/explanation`),
    text: parse.status === 200 && parse.body.text !== null,
  };
}

const ALL_THERE = { file: 200, job: 200, explanation: 200, text: true };

describe('retention', () => {
  test('is off by default: nothing goes', async () => {
    const left = await leaveAnAnswer();
    await using server = await startSweeping(left, {});
    expect(await statusesOf(server.url, left)).toEqual(ALL_THERE);
  });

  test.each([
    {
      what: 'files take their bytes and texts with them; jobs keep their answers',
      env: { DOCKET_RETENTION_FILES: '1s' },
      there: { file: 404, job: 200, explanation: 200, text: false },
    },
    {
      what: 'jobs go with what stands behind their answers; files and texts stay',
      env: { DOCKET_RETENTION_JOBS: '1s' },
      there: { file: 200, job: 404, explanation: 404, text: true },
    },
    {
      what: 'results are texts and explanations; files and answers stay',
      env: { DOCKET_RETENTION_RESULTS: '1s' },
      there: { file: 200, job: 200, explanation: 404, text: false },
    },
    {
      what: 'what is not old enough stays',
      env: { DOCKET_RETENTION_FILES: '1h', DOCKET_RETENTION_JOBS: '1h', DOCKET_RETENTION_RESULTS: '1h' },
      there: ALL_THERE,
    },
  ])('$env: $what', async ({ env, there }) => {
    const left = await leaveAnAnswer();
    await using server = await startSweeping(left, env);
    await until(JSON.stringify(there), async () => {
      return JSON.stringify(await statusesOf(server.url, left)) === JSON.stringify(there);
    });
    expect(blobsIn(left.dataFolder)).toHaveLength(there.file === 200 ? 1 : 0);
    const client = new ApiClient(server.url);
    if (there.job === 200) expect(await client.job(left.job.id)).toEqual(left.job);
    const file = there.file === 200 ? left.file : await client.upload(fixture('minutes.txt'));
    const again = await client.classify({ file_input: file.id, configuration: CONFIGURATION });
    expect(again.result).toEqual(left.job.result);
  });

  test('takes quotes out of answers when files expire, where that is wanted', async () => {
    const left = await leaveAnAnswer();
    const env = { DOCKET_RETENTION_FILES: '1s', DOCKET_PRIVACY_PURGE_QUOTES_ON_DELETE: 'true' };
    await using server = await startSweeping(left, env);
    const client = new ApiClient(server.url);
    await until('an answer without quotes', async () => {
      return !(await client.job(left.job.id)).result?.reasoning.includes('"');
    });
    expect((await client.job(left.job.id)).result?.type).toBe('minutes');
  });

  test.runIf(canListProcesses)('never touches a job that has not ended', async () => {
    const dataFolder = temporaryFolder();
    const ids: string[] = [];
    {
      await using server = await startServer({ dataFolder, args: ['--concurrency', '1'] });
      const client = new ApiClient(server.url);
      using _paused = pauseEngine(server);
      const { id: file_input } = await client.upload(tinyInvoice());
      for (let count = 0; count < 4; count++) {
        ids.push((await client.create({ file_input, configuration: CONFIGURATION })).id);
      }
      await server.kill();
    }
    const started = Date.now();
    await until('things to grow old', () => Date.now() > started + 2_000);
    const env = { DOCKET_RETENTION_JOBS: '1s', DOCKET_RETENTION_RESULTS: '1s' };
    await using next = await startServer({ dataFolder, env });
    const client = new ApiClient(next.url);
    for (const id of ids) expect((await client.ended(id)).status).toBe('COMPLETED');
  });
});
