import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noPostgres, type PrivatePostgres } from '../../packages/store/src/testing/private-postgres.js';
import { until, untilNoneIsLeft } from '../server/support/api-client.js';
import { byTransaction } from '../server/support/by-transaction.js';
import { expectedType, fixture, sampleRules } from '../server/support/documents.js';
import { JobLoad } from '../server/support/job-load.js';
import { isLong } from '../support/project.js';
import { below, type Random, randomFrom, seed } from '../support/random.js';
import { AuditedDatabase, type AuditedJob } from './support/audit.js';
import { TestCluster } from './support/cluster.js';
import { type DistantPostgres, startDistantPostgres } from './support/distant-postgres.js';

const KILLS = isLong ? 100 : 6;
const RESTARTS = isLong ? 6 : 2;
const CUT_MS = isLong ? 30_000 : 3_000;
const SIZE = { servers: 2, workers: 4 };
const CREATORS = 2;

/** Longest time between two faults. */
const LONGEST_PAUSE_MS = 1_200;

/** As long as leases hold, and others look for those that were lost. */
const LEASE_MS = 15_000;

/** Leases that a job may lose before it counts as what kills its workers. */
const MOST_LOST_LEASES = 3;

const DRAIN_MS = 240_000 + (isLong ? KILLS * 6_000 : 0);

/** Longest time in which no job ends: until lost leases have run out, and work is found again. */
const STALL_MS = 4 * LEASE_MS;
const DOCUMENTS = ['invoice-1p.pdf', 'contract-3p.pdf', 'manual-40p.pdf', 'minutes.txt', 'recipe.html'];

describe.skipIf(noPostgres)(`two servers and four workers${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let postgres: PrivatePostgres;
  let distant: DistantPostgres;
  let cluster: TestCluster;
  let audit: AuditedDatabase;
  let random: Random;
  let expectedTypes: Map<string, string | null>;

  beforeAll(async () => {
    random = randomFrom(seed);
    distant = await startDistantPostgres();
    postgres = distant.postgres;
    cluster = await TestCluster.start(distant.url, SIZE);
    audit = await AuditedDatabase.start(postgres);
    const types = DOCUMENTS.map(async (name) => [name, await expectedType(name)] as const);
    expectedTypes = new Map(await Promise.all(types));
  }, 180_000);

  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
    await audit?.[Symbol.asyncDispose]();
    await distant?.[Symbol.asyncDispose]();
  });

  /** Lets jobs be created while something happens, and until all have ended. */
  async function underLoad(what: string, happens: (load: JobLoad) => Promise<void>): Promise<AuditedJob[]> {
    const project = `${what}-${seed}`;
    const documents = DOCUMENTS.map(fixture);
    await using load = new JobLoad({
      documents,
      rules: await sampleRules(),
      creators: CREATORS,
      seed,
      prefix: project,
    });
    load.serverIsAt(await cluster.anyServer(random));
    await until('the first jobs', () => load.accepted.length >= CREATORS, DRAIN_MS);
    await happens(load);
    load.serverIsAt(await cluster.anyServer(random));
    await load.stop();
    const logs = () => cluster.members.map(({ process }) => process.log().slice(-300)).join('\n');
    await untilNoneIsLeft(
      () => `the end of all jobs: ${logs()}`,
      () => audit.unended(),
      STALL_MS,
    );
    const jobs = (await audit.jobs()).filter(({ transaction_id: id }) => id?.startsWith(project));
    expectEachOnce(jobs, load);
    expect(await cluster.dead()).toEqual([]);
    return jobs;
  }

  /** Every accepted job is there once, and came to its end once. */
  function expectEachOnce(jobs: readonly AuditedJob[], { accepted }: JobLoad): void {
    // A create that was never answered may have left a job, too.
    const known = new Set(accepted.map(({ id }) => id));
    expect(byTransaction(jobs.filter(({ id }) => known.has(id)))).toEqual(byTransaction(accepted));
    expect(new Set(jobs.map(({ transaction_id: id }) => id)).size).toBe(jobs.length);
    const wrong = jobs.filter(({ endings, results, explanations }) => endings !== 1 || results > 1 || explanations > 1);
    expect(wrong).toEqual([]);
    const documentOf = new Map(accepted.map(({ id, document }) => [id, document]));
    const finished = jobs.filter((job) => known.has(job.id) && !isGivenUp(job));
    expect(finished.map(({ id, error_message: error, result_type: type }) => [id, error, type])).toEqual(
      finished.map(({ id }) => [id, null, expectedTypes.get(documentOf.get(id) ?? '')]),
    );
    expect(finished.length).toBeGreaterThan(known.size * 0.9);
  }

  test(
    `${KILLS} kills at random lose nothing and write nothing twice (seed ${seed})`,
    async () => {
      const jobs = await underLoad('kills', async (load) => {
        for (let kill = 0; kill < KILLS; kill++) {
          await delay(random() * LONGEST_PAUSE_MS);
          const victim = cluster.members[below(cluster.members.length, random)];
          if (victim === undefined) throw new Error('nobody is there');
          if (victim.kind === 'server') {
            const [other] = cluster.of('server').filter((member) => member !== victim);
            load.serverIsAt((await other?.url) ?? '');
          }
          const next = await cluster.replace(victim);
          // Two servers at least: one that listens is always there.
          if (next.kind === 'server') await next.url;
        }
        await Promise.all(cluster.members.map(({ process }) => process.ready));
      });
      const again = jobs.filter(({ claims }) => claims > 1).length;
      console.log(`cluster: seed ${seed}, ${KILLS} kills, ${jobs.length} jobs, ${again} of them taken up again`);
    },
    KILLS * 15_000 + DRAIN_MS,
  );

  test(
    `PostgreSQL restarted ${RESTARTS} times, in order and in a crash, is survived by all`,
    async () => {
      await underLoad('restarts', async () => {
        for (let restart = 0; restart < RESTARTS; restart++) {
          await postgres.stop(restart % 2 === 0 ? 'SIGQUIT' : 'SIGINT');
          await delay(500);
          await postgres.startAgain();
          await delay(random() * LONGEST_PAUSE_MS);
        }
      });
    },
    RESTARTS * 30_000 + DRAIN_MS,
  );

  test(
    `connections that are cut for ${CUT_MS} ms are found again`,
    async () => {
      await underLoad('cuts', async () => {
        expect(await distant.answers()).toBe(true);
        distant.cut();
        expect(await distant.answers()).toBe(false);
        await delay(CUT_MS);
        distant.mend();
      });
    },
    CUT_MS + DRAIN_MS,
  );

  test(
    'a worker that was paused past its leases and woken writes nothing',
    async () => {
      const [sleeper] = cluster.of('worker');
      if (sleeper === undefined) throw new Error('there is no worker');
      const { process } = sleeper;
      const jobs = await underLoad('pauses', async () => {
        let held: string[] = [];
        await until('a worker that holds a job', async () => {
          process.send('SIGSTOP');
          held = await audit.heldBy(process.processId);
          if (held.length === 0) process.send('SIGCONT');
          return held.length > 0;
        });
        const areTaken = async () => (await audit.heldBy(process.processId)).length === 0;
        await until('others that take its jobs', areTaken, LEASE_MS * 4);
        process.send('SIGCONT');
      });
      expect(jobs.some(({ claims }) => claims > 1)).toBe(true);
    },
    LEASE_MS * 4 + DRAIN_MS,
  );

  test(
    'a server goes on with a schema that is one version newer',
    async () => {
      await audit.run(`ALTER TABLE docket.jobs ADD COLUMN later text NOT NULL DEFAULT 'x';
      CREATE TABLE docket.later (id text); CREATE INDEX jobs_later ON docket.jobs (later);
      INSERT INTO docket.schema_versions (version, oldest_compatible)
      SELECT max(version) + 1, max(version) FROM docket.schema_versions`);
      await underLoad('newer', async () => {
        // Also one that starts meanwhile.
        const [server] = cluster.of('server');
        if (server) await (await cluster.replace(server)).process.ready;
      });
    },
    DRAIN_MS,
  );

  test('nothing is left in the end, and all stop when they are asked to', async () => {
    expect(await audit.leftovers()).toMatchObject({ entries: 0, miscounted: 0 });
    expect(await cluster.stop()).toEqual(cluster.members.map(() => expect.any(Number)));
  }, 60_000);
});

/** A job may be given up, but only when the audit saw it being taken up and lost so often. */
function isGivenUp({ status, error_message, claims }: AuditedJob): boolean {
  return (
    status === 'FAILED' &&
    error_message?.startsWith('internal.worker_crashed: ') === true &&
    claims === MOST_LOST_LEASES
  );
}
