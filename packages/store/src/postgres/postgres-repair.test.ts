import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { postgresForSuite } from '../testing/open-postgres-store.js';
import { noPostgres } from '../testing/private-postgres.js';
import { claimed, completeJob, createFile, createJob, makeJob, WORKER } from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { tidyNow } from '../testing/tidy-now.js';
import { openPostgresStore } from './open-postgres-store.js';
import { PostgresDatabase } from './postgres-database.js';

describe.skipIf(noPostgres)(`a shared PostgreSQL database${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const suite = postgresForSuite();
  const opened: { close(): Promise<void> }[] = [];
  let databases = 0;

  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

  async function setUp(filesFolder?: string) {
    const name = `repaired_${databases++}`;
    suite.server.createDatabase(name);
    const config = { ...suite.server.config, database: name };
    const database = new PostgresDatabase(config);
    const open = async () => {
      const store = await openPostgresStore({ config, home: await temporaryFolder(), filesFolder });
      opened.push(store);
      return store;
    };
    const store = await open();
    opened.push(database);
    return { store, database, config, open };
  }

  it('has lost work done again whose entry in the queue is gone', async () => {
    const { store, database } = await setUp();
    const { id } = await createJob(store);
    await claimed(store);
    // As a process leaves it that was lost, when the queue was restored after its work was offered again.
    await database.runPlain(`DELETE FROM docket_queue.job;
      UPDATE docket.jobs SET is_offered_again = true, lease_expires_at = 0, lost_leases = 0`);
    expect(await store.jobs.claim(WORKER)).toBeUndefined();
    await tidyNow(store);
    expect((await claimed(store)).id).toBe(id);
  });

  it('offers all work again that has lost its entry, and keeps entries as long as their work', async () => {
    const { store, database } = await setUp();
    await Promise.all(Array.from({ length: 130 }, () => createJob(store)));
    const { isLong } = await database.getOne<{ isLong: boolean }>(
      `SELECT MIN(keep_until) > now() + interval '10 years' AS "isLong" FROM docket_queue.job`,
    );
    expect(isLong).toBe(true);
    await database.runPlain(
      `DELETE FROM docket_queue.job; UPDATE docket.jobs SET created_at = '2020-01-01T00:00:00.000000Z'`,
    );
    await tidyNow(store);
    await vi.waitFor(async () => {
      expect(await database.getOne('SELECT COUNT(*) AS entries FROM docket_queue.job')).toEqual({ entries: 130 });
    });
  });

  it('gets the index of its queue back', async () => {
    const { database, open } = await setUp();
    const find = () => database.getOne(`SELECT to_regclass('docket_queue.docket_jobs_in_order') IS NOT NULL AS found`);
    await database.runPlain('DROP INDEX docket_queue.docket_jobs_in_order');
    expect(await find()).toEqual({ found: false });
    await open();
    expect(await find()).toEqual({ found: true });
  });

  it('has bytes swept away that no file has, and others kept', async () => {
    const folder = await temporaryFolder();
    const { store } = await setUp(folder);
    const { contentHash } = await createFile(store, 'a');
    const paths = [contentHash, 'f'.repeat(64)].map((hash) => join(folder, hash.slice(0, 2), hash));
    const [kept = '', orphan = ''] = paths;
    await mkdir(join(orphan, '..'), { recursive: true });
    await writeFile(orphan, 'left behind');
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const path of paths) await utimes(path, longAgo, longAgo);
    await tidyNow(store);
    await vi.waitFor(() => expect(stat(orphan)).rejects.toThrow('ENOENT'));
    expect((await stat(kept)).size).toBe(1);
  });

  it('lets a job be cancelled while it is taken up, without a deadlock', async () => {
    const { store, database } = await setUp();
    const { id } = await createJob(store);
    const cancelled = await database.transaction(async (transaction) => {
      await transaction.runPlain('SELECT 1 FROM docket_queue.job FOR UPDATE');
      const cancellation = store.jobs.cancel(id);
      await vi.waitFor(async () => {
        const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
        expect(await database.get(waits)).toBeDefined();
      });
      await transaction.runPlain('SELECT 1 FROM docket.jobs FOR UPDATE NOWAIT');
      return { cancellation };
    });
    expect(await cancelled.cancellation).toMatchObject({ outcome: 'cancelled' });
  });

  it('answers that it is full without a wait, as long as that is known, and sees room that was made', async () => {
    const { store, database } = await setUp();
    const create = () => store.jobs.create(makeJob(), { maxPending: 1 });
    await createJob(store);
    expect(await create()).toEqual({ outcome: 'full', pending: 1 });
    await database.transaction(async (transaction) => {
      await transaction.runPlain(`SELECT pg_advisory_xact_lock(hashtext('docket pending jobs'))`);
      expect(await create()).toEqual({ outcome: 'full', pending: 1 });
    });
    await claimed(store);
    expect(await create()).toMatchObject({ outcome: 'created' });
  });

  it('tells what happens to jobs only while somebody follows', async () => {
    const { store, database, config, open } = await setUp();
    const told: string[] = [];
    const client = new pg.Client(config);
    onTestFinished(() => client.end());
    await client.connect();
    client.on('notification', ({ payload = '' }) => told.push(payload));
    await client.query('LISTEN docket_jobs');
    const until = async (mark: string) => {
      await client.query(`NOTIFY docket_jobs, '${mark}'`);
      await vi.waitFor(() => expect(told).toContain(mark));
    };
    await createJob(store);
    await completeJob(store);
    await until('nobody');
    expect(told).toEqual(['nobody']);
    const other = await open();
    await new Promise<void>((resolve) => other.changes.subscribe(() => resolve()));
    const { id } = await createJob(store);
    await until('somebody');
    expect(told).toEqual(['nobody', `changed ${id}`, 'somebody']);
    // Whoever followed was lost.
    await database.runPlain(`UPDATE docket.followers SET seen_at = now() - interval '16 seconds'`);
    await createJob(store);
    await store.jobs.deleteEndedBefore(store.clock.now(), 10);
    await until('nobody again');
    expect(told).toEqual(['nobody', `changed ${id}`, 'somebody', 'nobody again']);
  });

  it('sets the time, whatever somebody makes of the clock of a machine', async () => {
    const { store } = await setUp();
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + 24 * 60 * 60 * 1000 });
    onTestFinished(() => void vi.useRealTimers());
    const hour = 60 * 60 * 1000;
    expect(store.nowMs()).toBeLessThan(now + hour);
    expect(Date.parse(store.clock.now())).toBeLessThan(now + hour);
  });
});
