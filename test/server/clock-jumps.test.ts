import { describe, expect, test } from 'vitest';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob, until } from './support/api-client.js';
import { readAudit, startAudit } from './support/audit.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { fakeTime, noFakeTime } from './support/fake-time.js';
import { launchServer } from './support/launch-server.js';
import { pauseEngine } from './support/paused-engine.js';

const DAY_SECONDS = 24 * 3600;
const HOUR_SECONDS = 3600;

/** Jobs that are created before each jump: some run, the others wait. */
const JOBS = 4;

const skipped = noFakeTime ?? (canListProcesses ? undefined : 'needs /proc');
if (skipped !== undefined) console.log(`clock jumps: skipped, ${skipped}`);

interface Presigned {
  readonly url: string;
  readonly expires_at: string;
}

describe.skipIf(skipped !== undefined)('a clock that jumps', () => {
  test('by a day, ahead and back, while jobs run and wait: each is taken up once, and lists keep their order', async () => {
    const dataFolder = temporaryFolder();
    await startAudit(dataFolder);
    const time = fakeTime();
    await using server = launchServer({ dataFolder, args: ['--concurrency', '1'], env: time.env });
    const client = new ApiClient(await server.address);
    await server.ready;
    const { id: file_input } = await client.upload(tinyInvoice());
    const body = { file_input, configuration: CONFIGURATION };
    const created: ApiJob[] = [];
    for (const [round, days] of [1, 0, -1, 0].entries()) {
      using paused = pauseEngine(server);
      for (let count = 0; count < JOBS; count++) {
        created.push(await client.create({ ...body, transaction_id: `${round}-${count}` }));
      }
      await until('work', async () => (await client.jobPage({ status: 'RUNNING' })).total_size === 2);
      time.setOffset(days * DAY_SECONDS);
      // These meet the new time.
      for (let count = 0; count < JOBS; count++) {
        created.push(await client.create({ ...body, transaction_id: `${round}-${JOBS + count}` }));
      }
      paused[Symbol.dispose]();
      await client.allEnded();
    }

    const jobs = await client.jobs({ page_size: 3 });
    expect(jobs.map(({ id }) => id)).toEqual(created.map(({ id }) => id).reverse());
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'COMPLETED'));
    const instants = created.map(({ created_at }) => created_at);
    expect([...new Set(instants)].sort()).toEqual(instants);
    const early = Date.parse(instants[0] ?? '') + (DAY_SECONDS / 2) * 1000;
    // Otherwise no clock had jumped.
    expect(instants.some((instant) => Date.parse(instant) > early)).toBe(true);
    const counts = readAudit(dataFolder).map(({ claims, endings, results }) => [claims, endings, results]);
    expect(counts).toEqual(created.map(() => [1, 1, 1]));
    server.send('SIGTERM');
    expect(await server.ended).toMatchObject({ exitCode: 0 });
  });

  test('lets download URLs work until the moment that stands in them', async () => {
    const time = fakeTime();
    await using server = launchServer({ dataFolder: temporaryFolder(), env: time.env });
    const client = new ApiClient(await server.address);
    const { id } = await client.upload(tinyInvoice());
    const presign = () =>
      client.request<Presigned>('GET', `/api/v1/beta/files/${id}/content`, {
        query: { expires_at_seconds: HOUR_SECONDS },
      });
    const statusOf = async ({ url }: Presigned) => (await fetch(url)).status;
    const first = await presign();
    expect(await statusOf(first)).toBe(200);
    time.setOffset(DAY_SECONDS);
    expect(await statusOf(first)).toBe(403);
    const ahead = await presign();
    expect(Date.parse(ahead.expires_at) - Date.parse(first.expires_at)).toBeGreaterThanOrEqual(DAY_SECONDS * 1000);
    expect(await statusOf(ahead)).toBe(200);
    time.setOffset(-DAY_SECONDS);
    const behind = await presign();
    expect(await statusOf(behind)).toBe(200);
    expect(await statusOf(first)).toBe(200);
    time.setOffset(0);
    expect([await statusOf(behind), await statusOf(first)]).toEqual([403, 200]);
  });
});
