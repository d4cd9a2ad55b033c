import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiFile, type ApiJob, until } from './support/api-client.js';
import { blobsIn } from './support/data-folder.js';
import { CONFIGURATION, fixture, tinyInvoice } from './support/documents.js';
import { launchServer } from './support/launch-server.js';
import { pauseEngine } from './support/paused-engine.js';

/** Old enough for a time to live of a second, whatever the clock says in between. */
const OLD_MS = 2_500;

/** What a first server leaves behind: a file that was classified. Each test gets a copy. */
let leftFolder: string;
let file: ApiFile;
let job: ApiJob;

beforeAll(async () => {
  leftFolder = temporaryFolder();
  await using server = await startServer({ dataFolder: leftFolder });
  const client = new ApiClient(server.url);
  file = await client.upload(fixture('minutes.txt'));
  job = await client.classify({ file_input: file.id, configuration: CONFIGURATION });
  expect(job.status).toBe('COMPLETED');
}, 90_000);

async function oldCopy(): Promise<string> {
  const dataFolder = temporaryFolder();
  cpSync(leftFolder, dataFolder, { recursive: true });
  const createdAt = Date.parse(job.created_at);
  await until('things to grow old', () => Date.now() > createdAt + OLD_MS);
  return dataFolder;
}

/** What there is of the answer. */
async function whatIsThere(client: ApiClient) {
  const status = async (path: string) => (await client.send('GET', path)).status;
  const query = { expand: 'text' };
  const parse = await client.send<{ text: unknown }>('GET', `/api/v2/parse/${job.parse_job_id}`, { query });
  return {
    file: await status(`/api/v1/beta/files/${file.id}`),
    job: await status(`/api/v2/classify/${job.id}`),
    explanation: await status(`/api/local/classify/${job.id}/explanation`),
    text: parse.status === 200 && parse.body.text !== null,
  };
}

const ALL_THERE = { file: 200, job: 200, explanation: 200, text: true };

describe.concurrent('retention', () => {
  test.each([
    { what: 'it is off by default', env: {}, there: ALL_THERE },
    {
      what: 'files take bytes, texts and explanations with them; answers stay',
      env: { DOCKET_RETENTION_FILES: '1s' },
      there: { file: 404, job: 200, explanation: 404, text: false },
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
    const dataFolder = await oldCopy();
    await using server = launchServer({ dataFolder, env });
    const client = new ApiClient(await server.address);
    await server.ready;
    let seen = '';
    const about = () => `${JSON.stringify(there)}, not ${seen}:\n${server.log()}`;
    await until(about, async () => {
      seen = JSON.stringify(await whatIsThere(client));
      return seen === JSON.stringify(there);
    });
    expect(blobsIn(dataFolder)).toHaveLength(there.file === 200 ? 1 : 0);
    if (there.job === 200) expect(await client.job(job.id)).toEqual(job);
    const again = there.file === 200 ? file : await client.upload(fixture('minutes.txt'));
    const answer = await client.classify({ file_input: again.id, configuration: CONFIGURATION });
    expect(answer.result).toEqual(job.result);
  });

  test('takes quotes out of answers when files expire, where that is wanted', async () => {
    const env = { DOCKET_RETENTION_FILES: '1s', DOCKET_PRIVACY_PURGE_QUOTES_ON_DELETE: 'true' };
    await using server = launchServer({ dataFolder: await oldCopy(), env });
    const client = new ApiClient(await server.address);
    expect(job.result?.reasoning).toContain('"');
    await until('an answer without quotes', async () => !(await client.job(job.id)).result?.reasoning.includes('"'));
    expect((await client.job(job.id)).result?.type).toBe('minutes');
  });

  test.runIf(canListProcesses)('never touches a job that has not ended, however old', async () => {
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
    const createdAt = Date.now();
    await until('things to grow old', () => Date.now() > createdAt + OLD_MS);
    const env = { DOCKET_RETENTION_JOBS: '1s', DOCKET_RETENTION_RESULTS: '1s' };
    await using next = await startServer({ dataFolder, env });
    const client = new ApiClient(next.url);
    for (const id of ids) expect((await client.ended(id)).status).toBe('COMPLETED');
  });
});
