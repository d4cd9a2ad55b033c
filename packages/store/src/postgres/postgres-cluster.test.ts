import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClusterListener, Store } from '../index.js';
import { postgresForSuite } from '../testing/open-postgres-store.js';
import { noPostgres } from '../testing/private-postgres.js';
import {
  claimed,
  completeJob,
  createFile,
  createJob,
  known,
  makeCompletion,
  makeJob,
  makeParse,
  PROJECT,
  WORKER,
} from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { tidyNow } from '../testing/tidy-now.js';
import { openPostgresStore } from './open-postgres-store.js';
import { PostgresDatabase } from './postgres-database.js';
import { POSTGRES_MIGRATIONS } from './schema.js';

const WORKER_STATE = {
  id: 'worker-1',
  host: 'here',
  processId: 1,
  version: '1.0.0',
  engine: 'docket/1 auto',
  models: ['built-in'],
  concurrency: 2,
  serves: false,
};

describe.skipIf(noPostgres)(`processes that share a PostgreSQL database${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const suite = postgresForSuite();
  const stores: Store[] = [];
  let databases = 0;

  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  /** A further process on a database; a new, empty one unless it is named. */
  async function open(config = newDatabase(), migrations = POSTGRES_MIGRATIONS): Promise<Store> {
    const store = await openPostgresStore({ config, home: await temporaryFolder(), migrations });
    stores.push(store);
    return store;
  }

  function newDatabase() {
    const database = `shared_${databases++}`;
    suite.server.createDatabase(database);
    return { ...suite.server.config, database };
  }

  it('may start at once, all ten of them', async () => {
    const config = newDatabase();
    const opened = await Promise.all(Array.from({ length: 10 }, () => open(config)));
    await createJob(opened[0] as Store);
    expect((await opened[9]?.jobs.list({ projectId: PROJECT, limit: 1 }))?.total).toBe(1);
    expect(new Set(opened.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(1);
  });

  it('share out what there is to do, each piece once', async () => {
    const config = newDatabase();
    const processes = await Promise.all(Array.from({ length: 4 }, () => open(config)));
    const [first] = processes as [Store];
    const jobs = [];
    for (let count = 0; count < 40; count++) jobs.push(await createJob(first));
    const claims = await Promise.all(
      processes.map(async (store, index) => {
        const ids: string[] = [];
        for (;;) {
          const job = await store.jobs.claim({ owner: `worker-${index}`, leaseMs: 60_000 });
          if (job === undefined) return ids;
          ids.push(job.id);
        }
      }),
    );
    expect(claims.flat().sort()).toEqual(jobs.map(({ id }) => id).sort());
    expect((await first.jobs.counts()).byStatus).toMatchObject({ PENDING: 0, RUNNING: 40 });
  });

  it('let jobs that somebody waits for go before others', async () => {
    const store = await open();
    await createJob(store);
    await createJob(store);
    const creation = await store.jobs.create(makeJob(), { maxPending: 10, isAwaited: true, expectedEngine: 'engine' });
    const job = await claimed(store);
    expect('job' in creation && creation.job.id).toBe(job.id);
    expect(job.expectedEngine).toBe('engine');
    // Also when it is given back.
    await store.jobs.release({ id: job.id, owner: WORKER.owner });
    expect((await claimed(store)).id).toBe(job.id);
  });

  it('hear of new work, of cancelled jobs and of the end of jobs that are waited for', async () => {
    const config = newDatabase();
    const [here, there] = [await open(config), await open(config)];
    const heard = await listen(there);
    const awaited = await here.jobs.create(makeJob(), { maxPending: 10, isAwaited: true });
    await heard.until('work');
    await completeJob(here);
    await heard.until(`ended ${'job' in awaited && awaited.job.id}`);
    const { id } = await createJob(here);
    await here.jobs.cancel(id);
    await heard.until(`cancelled ${id}`);
    const { id: unheard } = await createJob(here);
    await completeJob(here);
    const last = await createJob(here);
    await here.jobs.cancel(last.id);
    await heard.until(`cancelled ${last.id}`);
    expect(heard.all).not.toContain(`ended ${unheard}`);
    await here.parses.create(makeParse(await createFile(here, 'a')));
    await heard.until('work');
  });

  it('go on when connections are lost, and look for work first', async () => {
    const config = newDatabase();
    const store = await open(config);
    const heard = await listen(store);
    await using breaker = closing(new PostgresDatabase({ ...suite.server.config }));
    await breaker.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @database`, {
      database: config.database,
    });
    await heard.until('work');
    await createJob(store);
    await heard.until('work');
    expect((await claimed(store)).status).toBe('RUNNING');
  });

  it('take up what a lost process had, when its lease by the clock of the database is over', async () => {
    const config = newDatabase();
    const [lost, other] = [await open(config), await open(config)];
    const { id } = await createJob(lost);
    await lost.jobs.claim({ owner: 'lost', leaseMs: 1 });
    expect(await other.jobs.failLost()).toEqual([]);
    expect((await known(other.jobs.claim(WORKER))).id).toBe(id);
    expect(await lost.jobs.complete({ id, owner: 'lost' }, makeCompletion())).toBe(false);
    expect(await lost.jobs.renew([id], { owner: 'lost', leaseMs: 1 })).toEqual([]);
    expect(await other.jobs.complete({ id, owner: WORKER.owner }, makeCompletion())).toBe(true);
  });

  it('know of each other', async () => {
    const config = newDatabase();
    const [here, there] = [await open(config), await open(config)];
    await here.cluster?.reportAlive(WORKER_STATE, 0);
    await here.cluster?.reportAlive({ ...WORKER_STATE, models: ['other'] }, 3);
    expect(await there.cluster?.workers()).toEqual([
      {
        ...WORKER_STATE,
        models: ['other'],
        running: 3,
        isAlive: true,
        startedAt: expect.any(Date),
        seenAt: expect.any(Date),
      },
    ]);
    await here.cluster?.leave(WORKER_STATE.id);
    expect(await there.cluster?.workers()).toEqual([]);
  });

  it('go on beside others that know a newer schema, as long as that says they may', async () => {
    const config = newDatabase();
    const newer = [
      ...POSTGRES_MIGRATIONS,
      {
        sql: `ALTER TABLE docket.jobs ADD COLUMN later text NOT NULL DEFAULT ''`,
        oldestCompatible: POSTGRES_MIGRATIONS.length,
      },
    ];
    const [old, young] = [await open(config), await open(config, newer)];
    const { id } = await createJob(old);
    expect((await claimed(young)).id).toBe(id);
    await createJob(young);
    await claimed(old);
    // One that is started again, too.
    expect((await (await open(config)).jobs.get(id))?.status).toBe('RUNNING');
    await open(config, [...newer, { sql: 'CREATE TABLE docket.later (id text)', oldestCompatible: newer.length }]);
    await expect(open(config)).rejects.toMatchObject({
      code: 'state.database_too_new',
      message: expect.stringContaining('use a newer Docket'),
    });
    await open(config, newer);
  });

  it('offer work again whose entry in the queue was lost', async () => {
    const config = newDatabase();
    const store = await open(config);
    const { id } = await createJob(store);
    await using database = closing(new PostgresDatabase(config));
    await database.runPlain(
      `DELETE FROM docket_queue.job; UPDATE docket.jobs SET created_at = '2020-01-01T00:00:00.000000Z'`,
    );
    expect(await store.jobs.claim(WORKER)).toBeUndefined();
    await tidyNow(store);
    expect((await claimed(store)).id).toBe(id);
  });

  it.each(['complete', 'fail', 'release'] as const)('%s row and entry together, or neither', async (change) => {
    const config = newDatabase();
    const store = await open(config);
    const { id } = await createJob(store);
    await claimed(store);
    await using database = closing(new PostgresDatabase(config));
    // Refused when the transaction is committed, and not before.
    await database.runPlain(`CREATE FUNCTION docket.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE CONSTRAINT TRIGGER refusal AFTER UPDATE ON docket.jobs DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION docket.refuse()`);
    const lease = { id, owner: WORKER.owner };
    const changes = {
      complete: () => store.jobs.complete(lease, makeCompletion()),
      fail: () => store.jobs.fail(lease, 'document.corrupt: repair it'),
      release: () => store.jobs.release(lease),
    };
    const stateOf = () => database.getOne<{ state: string }>('SELECT state FROM docket_queue.job');
    await expect(changes[change]()).rejects.toThrow('refused');
    expect((await store.jobs.get(id))?.status).toBe('RUNNING');
    expect(await stateOf()).toEqual({ state: 'active' });
    await database.runPlain('DROP TRIGGER refusal ON docket.jobs');
    expect(await changes[change]()).toBe(true);
    expect(await stateOf()).toEqual({ state: change === 'release' ? 'retry' : 'completed' });
  });

  it('end many jobs at once on few connections', async () => {
    const store = await open();
    const { contentHash } = await createFile(store, 'a');
    for (let count = 0; count < 40; count++) await createJob(store);
    const jobs = await Promise.all(Array.from({ length: 40 }, () => claimed(store)));
    const head = { format: 'txt' as const, pageCount: 1, readerIdentity: 'txt-1' };
    const read = { head, pages: [{ number: 1, data: Buffer.from('a') }] };
    const completion = makeCompletion({
      contentHash,
      reading: { kept: { key: { contentHash, extension: '.txt' }, read } },
    });
    const ends = jobs.map(({ id }) => store.jobs.complete({ id, owner: WORKER.owner }, completion));
    expect(new Set(await Promise.all(ends))).toEqual(new Set([true]));
  });

  it('count jobs right, however connections come and go', async () => {
    const config = newDatabase();
    for (let round = 0; round < 3; round++) {
      const store = await open(config);
      await Promise.all(Array.from({ length: 5 }, () => createJob(store)));
      await completeJob(store);
      await store.close();
    }
    const store = await open(config);
    const before = await store.jobs.counts();
    expect(before.byStatus).toMatchObject({ PENDING: 12, COMPLETED: 3 });
    await tidyNow(store);
    expect(await store.jobs.counts()).toEqual(before);
  });
});

/** Collects what a process hears. */
async function listen(store: Store) {
  const told = new EventTarget();
  const all: string[] = [];
  let looked = 0;
  const tell = (message: string) => {
    all.push(message);
    told.dispatchEvent(new Event('told'));
  };
  const listener: ClusterListener = {
    work: () => tell('work'),
    ended: (id) => tell(`ended ${id}`),
    cancelled: (id) => tell(`cancelled ${id}`),
  };
  store.cluster?.listen(listener);
  /** Waits for a message that was not waited for yet. */
  const until = async (message: string) => {
    for (;;) {
      const found = all.indexOf(message, looked);
      if (found >= 0) {
        looked = found + 1;
        return;
      }
      await once(told, 'told');
    }
  };
  // It looks for work as soon as it is connected.
  await until('work');
  return { all, until };
}

function closing<Thing extends { close(): Promise<void> }>(thing: Thing): Thing & AsyncDisposable {
  return Object.assign(thing, { [Symbol.asyncDispose]: () => thing.close() });
}
