import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { canListProcesses, engineProcesses } from '../support/engine-processes.js';
import { isLong } from '../support/project.js';
import { type Random, randomFrom, seed } from '../support/random.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob, until } from './support/api-client.js';
import { type AuditedJob, readAudit, startAudit } from './support/audit.js';
import { byTransaction } from './support/by-transaction.js';
import { blobsIn } from './support/data-folder.js';
import { checkIntegrity } from './support/database.js';
import { expectedType, fixture, sampleRules } from './support/documents.js';
import { isAlive } from './support/is-alive.js';
import { JobLoad } from './support/job-load.js';
import { type LaunchedServer, launchServer } from './support/launch-server.js';

const KILLS = isLong ? 200 : 20;
const CREATORS = 3;
const JOBS_FOR_ONE_SERVER = 60;

/** Share of kills that hit a server which is still starting. */
const EARLY_SHARE = 0.3;
const LONGEST_START_MS = 1500;

/** Longest time between readiness and a kill. */
const LONGEST_WORK_MS = 800;

/** Leases that a job may lose before it counts as what kills its workers. */
const MOST_LOST_LEASES = 3;

/** Share of jobs that come to their end in spite of it all. */
const LEAST_FINISHED = 0.9;

/** Time for what is left in the end: servers that are killed soon after their start fall behind. */
const DRAIN_MS = 60_000 + KILLS * 6_000;

/** As much of a log as helps. */
const LOG_TAIL = 4_000;

const DOCUMENTS = [
  'invoice-1p.pdf',
  'contract-3p.pdf',
  'manual-40p.pdf',
  'minutes.txt',
  'recipe.html',
  'release-notes.md',
];

let expectedTypes: Map<string, string | null>;

beforeAll(async () => {
  expectedTypes = new Map(await Promise.all(DOCUMENTS.map(async (name) => [name, await expectedType(name)] as const)));
});

test(`${KILLS} kills at random moments lose no accepted job and write no result twice (seed ${seed})`, {
  timeout: KILLS * 8_000 + DRAIN_MS,
}, async () => {
  const dataFolder = temporaryFolder();
  const random = randomFrom(seed);
  await startAudit(dataFolder);
  const documents = DOCUMENTS.map(fixture);
  await using load = new JobLoad({
    documents,
    rules: await sampleRules(),
    creators: CREATORS,
    seed,
    mostForOneServer: JOBS_FOR_ONE_SERVER,
  });
  // Random moments may miss every request; the first does not.
  const inRequest = async ({ address }: LaunchedServer) => {
    await Promise.all([address, load.nextRequest()]);
  };
  const engines = await runAndKill(dataFolder, load, inRequest);
  const atRandom = (server: LaunchedServer) => randomMoment(server, random);
  for (let kill = 1; kill < KILLS; kill++) engines.push(...(await runAndKill(dataFolder, load, atRandom)));

  await using server = launchServer({ dataFolder });
  const client = new ApiClient(await server.address);
  load.serverIsAt(client.url);
  const died = server.ended.then(({ exitCode, signal }) => {
    throw new Error(`the last server ended with ${exitCode ?? signal}:\n${server.log().slice(-LOG_TAIL)}`);
  });
  await Promise.race([died, load.stop().then(() => client.allEnded())]);
  died.catch(() => {});
  const jobs = await client.jobs();

  expect(load.refusals).toEqual([]);
  expect(load.broken).toBeGreaterThan(0);
  expect(byTransaction(jobs)).toEqual(byTransaction(load.accepted));
  const audit = new Map(readAudit(dataFolder).map((entry) => [entry.job_id, entry]));
  const documentOf = new Map(load.accepted.map(({ id, document }) => [id, document]));
  const finished = jobs.filter((job) => !isGivenUp(job, audit.get(job.id)));
  expect(finished.length).toBeGreaterThan(jobs.length * LEAST_FINISHED);
  expect(finished.map(({ id, status, result }) => [id, status, result?.type])).toEqual(
    finished.map(({ id }) => [id, 'COMPLETED', expectedTypes.get(documentOf.get(id) ?? '')]),
  );
  const twice = [...audit.values()].filter((entry) => entry.endings > 1 || entry.results > 1 || entry.explanations > 1);
  expect(twice).toEqual([]);
  expect([...audit.keys()].sort()).toEqual(jobs.map(({ id }) => id).sort());

  server.send('SIGTERM');
  await server.ended;
  expect(checkIntegrity(dataFolder)).toEqual(['ok']);
  expect(blobsIn(dataFolder).filter((path) => !/[\da-f]{64}$/.test(path))).toEqual([]);
  if (canListProcesses) await until('the end of all engine processes', () => engines.every((id) => !isAlive(id)));
  const claimedAgain = [...audit.values()].filter(({ claims }) => claims > 1).length;
  console.log(
    `crash: seed ${seed}, ${KILLS} kills, ${jobs.length} jobs, ${load.broken} requests broken, ${claimedAgain} jobs taken up again, ${jobs.length - finished.length} given up after ${MOST_LOST_LEASES} lost leases`,
  );
});

/** Kills a server at a moment. @returns Its engine processes at that moment */
async function runAndKill(
  dataFolder: string,
  load: JobLoad,
  moment: (server: LaunchedServer) => Promise<void>,
): Promise<number[]> {
  await using server = launchServer({ dataFolder });
  void server.address.then((url) => load.serverIsAt(url)).catch(() => {});
  await moment(server);
  const engines = canListProcesses ? [...engineProcesses(server.processId).keys()] : [];
  load.serverIsGone();
  server.send('SIGKILL');
  const { signal } = await server.ended;
  // Otherwise it had ended by itself.
  expect(signal, server.log()).toBe('SIGKILL');
  return engines;
}

/** Lets a server work for a while that nobody can foresee. */
async function randomMoment(server: LaunchedServer, random: Random): Promise<void> {
  if (random() < EARLY_SHARE) {
    await delay(random() * LONGEST_START_MS);
  } else {
    await server.ready;
    await delay(random() * LONGEST_WORK_MS);
  }
}

/** A job may be given up, but only when the audit saw it being taken up and lost so often. */
function isGivenUp({ status, error_message }: ApiJob, audited: AuditedJob | undefined): boolean {
  const isCrash = status === 'FAILED' && error_message?.startsWith('internal.worker_crashed: ');
  return Boolean(isCrash) && audited?.claims === MOST_LOST_LEASES;
}
