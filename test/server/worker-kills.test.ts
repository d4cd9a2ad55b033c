import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { endlessPdf } from '../../packages/core/src/testing/raw-pdf.js';
import { canListProcesses, engineProcesses } from '../support/engine-processes.js';
import { isLong } from '../support/project.js';
import { below, randomFrom, seed } from '../support/random.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, until } from './support/api-client.js';
import { readAudit, startAudit } from './support/audit.js';
import { byTransaction } from './support/by-transaction.js';
import { CONFIGURATION, expectedType, fixture, sampleRules, tinyInvoice } from './support/documents.js';
import { JobLoad } from './support/job-load.js';
import { launchServer } from './support/launch-server.js';
import { pauseEngine } from './support/paused-engine.js';

const KILLS = isLong ? 200 : 5;
const CREATORS = 4;

/** Processor time (hundredths of a second) that only work on a document takes. */
const BUSY_TICKS = 20;

const DOCUMENTS = ['invoice-1p.pdf', 'contract-3p.pdf', 'manual-40p.pdf', 'minutes.txt'];

let expectedTypes: Map<string, string | null>;

beforeAll(async () => {
  expectedTypes = new Map(await Promise.all(DOCUMENTS.map(async (name) => [name, await expectedType(name)] as const)));
});

if (!canListProcesses) console.log('kills of engine processes: skipped, needs /proc');

describe.runIf(canListProcesses)('an engine process that is killed', () => {
  test('costs the one document that it was at work on, with a typed error; all others get another process', async () => {
    await using server = launchServer({ dataFolder: temporaryFolder(), args: ['--concurrency', '1'] });
    const client = new ApiClient(await server.address);
    await server.ready;
    const endless = await client.upload({ name: 'endless.pdf', bytes: endlessPdf() });
    const short = await client.upload(tinyInvoice());
    const [engineId = 0] = engineProcesses(server.processId).keys();
    const before = processorTicks(engineId);
    const { id } = await client.create({ file_input: endless.id, configuration: CONFIGURATION });
    const other = await client.create({ file_input: short.id, configuration: CONFIGURATION });
    await until('work on it', () => processorTicks(engineId) > before + BUSY_TICKS);
    process.kill(engineId, 'SIGKILL');
    expect(await client.ended(id)).toMatchObject({
      status: 'FAILED',
      error_message: expect.stringMatching(/^internal\.worker_crashed: \S/),
    });
    expect(await client.ended(other.id)).toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' } });
    expect((await client.send('GET', '/health/ready')).status).toBe(200);
  });

  test('before it began on its documents costs none of them', async () => {
    const dataFolder = temporaryFolder();
    await using server = launchServer({ dataFolder, args: ['--concurrency', '1'] });
    const client = new ApiClient(await server.address);
    await server.ready;
    const [long, short] = [await client.upload(fixture('manual-40p.pdf')), await client.upload(tinyInvoice())];
    const [engineId] = engineProcesses(server.processId).keys();
    const ids: string[] = [];
    {
      using _paused = pauseEngine(server);
      for (const { id } of [long, short, short]) {
        ids.push((await client.create({ file_input: id, configuration: CONFIGURATION })).id);
      }
      await until('work', async () => (await client.jobPage({ status: 'RUNNING' })).total_size === 2);
      process.kill(engineId ?? 0, 'SIGKILL');
    }
    const jobs = await Promise.all(ids.map((id) => client.ended(id)));
    expect(jobs.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    expect([...engineProcesses(server.processId).keys()]).not.toContain(engineId);
    expect((await client.send('GET', '/health/ready')).status).toBe(200);
  });

  test(`${KILLS} kills at random under load: jobs end once, at most one fails with each kill, the server stays (seed ${seed})`, {
    timeout: 60_000 + KILLS * 6_000,
  }, async () => {
    const dataFolder = temporaryFolder();
    await startAudit(dataFolder);
    await using server = launchServer({ dataFolder, args: ['--concurrency', '2'] });
    const client = new ApiClient(await server.address);
    await server.ready;
    const random = randomFrom(seed);
    await using load = new JobLoad({
      documents: DOCUMENTS.map(fixture),
      rules: await sampleRules(),
      creators: CREATORS,
      seed,
    });
    load.serverIsAt(client.url);
    for (let kill = 0; kill < KILLS; kill++) {
      const accepted = load.accepted.length + 1 + below(2 * CREATORS, random);
      await until('load', () => load.accepted.length >= accepted);
      await until('a whole pool', () => engineProcesses(server.processId).size === 2);
      const engines = [...engineProcesses(server.processId).keys()];
      process.kill(engines[below(engines.length, random)] ?? 0, 'SIGKILL');
    }
    await load.stop();
    await client.allEnded();
    const jobs = await client.jobs();

    expect([load.refusals, load.broken]).toEqual([[], 0]);
    expect(byTransaction(jobs)).toEqual(byTransaction(load.accepted));
    const failed = jobs.filter(({ status }) => status === 'FAILED');
    expect(failed.length).toBeLessThanOrEqual(KILLS);
    for (const { error_message } of failed) expect(error_message).toMatch(/^internal\.worker_crashed: /);
    const documentOf = new Map(load.accepted.map(({ id, document }) => [id, document]));
    const others = jobs.filter(({ status }) => status !== 'FAILED');
    expect(others.map(({ id, status, result }) => [id, status, result?.type])).toEqual(
      others.map(({ id }) => [id, 'COMPLETED', expectedTypes.get(documentOf.get(id) ?? '')]),
    );
    const ends = readAudit(dataFolder).map(({ claims, endings }) => [claims, endings]);
    expect(ends).toEqual(jobs.map(() => [1, 1]));
    const metrics = await client.request<string>('GET', '/metrics');
    expect(Number(/^docket_worker_restarts_total (\d+)$/m.exec(metrics)?.[1])).toBe(KILLS);
    console.log(`worker kills: seed ${seed}, ${KILLS} kills, ${jobs.length} jobs, ${failed.length} failed`);
  });
});

/** Time that a process has spent on the processor, in hundredths of a second. */
function processorTicks(processId: number): number {
  // The name of the program, which may hold blanks, ends with the last bracket.
  const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
