import { beforeAll, describe, expect, test } from 'vitest';
import { canListProcesses } from '../support/engine-processes.js';
import { isLong } from '../support/project.js';
import { seed } from '../support/random.js';
import { ApiClient, until } from './support/api-client.js';
import { type AuditedJob, readAudit, startAudit } from './support/audit.js';
import { byTransaction } from './support/by-transaction.js';
import { blobsIn } from './support/data-folder.js';
import { checkIntegrity } from './support/database.js';
import { CONFIGURATION, expectedType, fixture, sampleRules, textDocument, tinyInvoice } from './support/documents.js';
import { JobLoad } from './support/job-load.js';
import { launchRefused, launchServer } from './support/launch-server.js';
import { pauseEngine } from './support/paused-engine.js';
import { mountSmallDisk, noPrivateMounts, type PrivateMounts, privateMounts } from './support/private-mounts.js';
import { fillUp, free, keepFull } from './support/small-disk.js';

const ROUNDS = isLong ? 40 : 3;
const CREATORS = 4;

/** More than the write-ahead log ever takes. */
const DISK_MB = 96;

/** Refusals that are waited for while the disk is full, in each round. */
const REFUSALS = 8;

/** Without a floor, the disk is full to the last byte before anybody notices. */
const NO_FLOOR = { DOCKET_DISK_MIN_FREE_MB: '0' };

const DOCUMENTS = ['invoice-1p.pdf', 'minutes.txt', 'recipe.html', 'release-notes.md'];

const FULL = expect.stringMatching(/^the disk is full; free space .* and try again$/);

let expectedTypes: Map<string, string | null>;

beforeAll(async () => {
  expectedTypes = new Map(await Promise.all(DOCUMENTS.map(async (name) => [name, await expectedType(name)] as const)));
});

/** A server on a small disk, and that disk as this process sees it. */
async function serverOnSmallDisk(mounts: PrivateMounts, args: readonly string[] = []) {
  const dataFolder = mountSmallDisk(mounts, DISK_MB);
  const disk = mounts.seen(dataFolder);
  expect(fillUp(disk)).toBe('ENOSPC');
  free(disk);
  await startAudit(dataFolder, mounts);
  const server = launchServer({ dataFolder, args, env: NO_FLOOR, launcher: mounts.launcher });
  try {
    const client = new ApiClient(await server.address);
    await server.ready;
    return { server, client, disk, dataFolder };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

const skipped = noPrivateMounts ?? (canListProcesses ? undefined : 'needs /proc');
if (skipped !== undefined) console.log(`full disk: skipped, ${skipped}`);

describe.skipIf(skipped !== undefined)('a full disk', () => {
  test('uploads and creates are refused with what to do, nothing of them stays, and all is taken when there is room', async () => {
    using mounts = await privateMounts();
    const { server, client, disk } = await serverOnSmallDisk(mounts);
    await using _server = server;
    const { id: file_input } = await client.upload(tinyInvoice());
    const ended = await client.classify({ file_input, configuration: CONFIGURATION });
    const large = textDocument('large.txt', 'Total due 12. '.repeat(300_000));
    const before = blobsIn(disk);
    {
      using _full = keepFull(disk);
      const refused = [
        await client.sendFile(large),
        await client.sendFile(tinyInvoice(2)),
        await client.sendCreate({ file_input, configuration: CONFIGURATION, transaction_id: 'refused' }),
        await client.send('POST', `/api/v1/beta/configurations`, {
          json: { name: 'a', parameters: { product_type: 'classify_v2', ...CONFIGURATION } },
        }),
      ];
      for (const { status, headers, body } of refused) {
        expect({ status, code: headers.get('docket-error-code'), body }).toEqual({
          status: 429,
          code: 'capacity.disk_full',
          body: { detail: FULL },
        });
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(blobsIn(disk)).toEqual(before);
      expect(await client.job(ended.id)).toEqual(ended);
      expect((await client.send('GET', '/health/live')).status).toBe(200);
      const ready = await client.send('GET', '/health/ready');
      expect(ready).toMatchObject({ status: 503, body: { checks: { database: { status: 'failed' } } } });
    }
    const { id: largeId } = await client.upload(large);
    const job = await client.classify({ file_input: largeId, configuration: CONFIGURATION, transaction_id: 'refused' });
    expect(job).toMatchObject({ status: 'COMPLETED', transaction_id: 'refused' });
    expect((await client.send('GET', '/health/ready')).status).toBe(200);
    expect(await client.jobs()).toHaveLength(2);
  });

  test('results wait, are not worked out again, and are written once when there is room', async () => {
    using mounts = await privateMounts();
    const { server, client, disk, dataFolder } = await serverOnSmallDisk(mounts, ['--concurrency', '1']);
    await using _server = server;
    const files = await Promise.all([1, 2, 3, 4].map((number) => client.upload(tinyInvoice(number))));
    {
      using paused = pauseEngine(server);
      for (const { id } of files) await client.create({ file_input: id, configuration: CONFIGURATION });
      await until('work', async () => (await client.jobPage({ status: 'RUNNING' })).total_size === 2);
      using _full = keepFull(disk);
      paused[Symbol.dispose]();
      const waiting = () => server.log().split('something waits to be stored: the disk is full').length - 1;
      await until('results that wait', () => waiting() >= 2);
      expect((await client.jobs()).map(({ status }) => status)).toEqual(['PENDING', 'PENDING', 'RUNNING', 'RUNNING']);
    }
    await client.allEnded();
    const jobs = await client.jobs();
    expect(jobs.map(({ status, result }) => [status, result?.type])).toEqual(files.map(() => ['COMPLETED', 'invoice']));
    expect(readAudit(dataFolder, mounts).map(countsOf)).toEqual(files.map(() => ({ ...ONCE, claims: 1 })));
  });

  test(`a disk that fills up and is freed ${ROUNDS} times under load loses nothing that was accepted (seed ${seed})`, {
    timeout: 60_000 + ROUNDS * 10_000,
  }, async () => {
    using mounts = await privateMounts();
    const { server, client, disk, dataFolder } = await serverOnSmallDisk(mounts);
    await using _server = server;
    await using load = new JobLoad({
      documents: DOCUMENTS.map(fixture),
      rules: await sampleRules(),
      creators: CREATORS,
      seed,
    });
    load.serverIsAt(client.url);
    for (let round = 1; round <= ROUNDS; round++) {
      const [refusals, accepted] = [load.refusals.length, load.accepted.length];
      await until('accepted jobs', () => load.accepted.length > accepted + CREATORS);
      using _full = keepFull(disk);
      await until('refusals', () => load.refusals.length >= refusals + REFUSALS);
    }
    await load.stop();
    await client.allEnded();

    const other = load.refusals.filter((text) => !/was answered 429: .*the disk is full; free space/.test(text));
    expect(other).toEqual([]);
    expect(load.broken).toBe(0);
    const jobs = await client.jobs();
    expect(byTransaction(jobs)).toEqual(byTransaction(load.accepted));
    const documentOf = new Map(load.accepted.map(({ id, document }) => [id, document]));
    expect(jobs.map(({ id, status, result }) => [id, status, result?.type])).toEqual(
      jobs.map(({ id }) => [id, 'COMPLETED', expectedTypes.get(documentOf.get(id) ?? '')]),
    );
    expect(readAudit(dataFolder, mounts).map(countsOf)).toEqual(jobs.map(() => ({ ...ONCE, claims: 1 })));
    server.send('SIGTERM');
    expect(await server.ended).toMatchObject({ exitCode: 0 });
    expect(checkIntegrity(dataFolder, mounts)).toEqual(['ok']);
    expect(blobsIn(disk).filter((path) => !/[\da-f]{64}$/.test(path))).toEqual([]);
    console.log(`full disk: seed ${seed}, ${ROUNDS} times full, ${jobs.length} jobs, ${load.refusals.length} refusals`);
  });

  test('a server does not start on it, and says why', async () => {
    using mounts = await privateMounts();
    const dataFolder = mountSmallDisk(mounts, 1);
    expect(fillUp(mounts.seen(dataFolder))).toBe('ENOSPC');
    const { exitCode, message } = await launchRefused({ dataFolder, launcher: mounts.launcher });
    expect(exitCode).toBe(1);
    expect(message).toContain(`${dataFolder} cannot be used: the disk is full; free space`);
  });
});

const ONCE = { endings: 1, results: 1, explanations: 1 };

function countsOf({ claims, endings, results, explanations }: AuditedJob) {
  return { claims, endings, results, explanations };
}
