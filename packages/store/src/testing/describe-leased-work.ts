import { describe, expect, it } from 'vitest';
import type { Instant } from '../ports/instant.js';
import type { JobStatus } from '../ports/job-store.js';
import type { LeasedWork } from '../ports/leases.js';
import type { Store } from '../ports/store.js';
import { known, WORKER } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

interface Work {
  readonly id: string;
  readonly status: JobStatus;
  readonly errorMessage: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** How a suite reaches one kind of work. */
export interface WorkUnderTest {
  readonly of: (store: Store) => LeasedWork<Work> & { get(id: string): Promise<Work | undefined> };
  readonly create: (store: Store) => Promise<Work>;
  readonly complete: (store: Store, id: string, owner: string) => Promise<boolean>;
}

const OTHER = { owner: 'worker-2', leaseMs: 60_000 };

/** What holds of all work that is done under leases. */
export function describeLeasedWork(open: OpenStoreUnderTest, { of, create, complete }: WorkUnderTest): void {
  async function start() {
    const { store, advance } = await open();
    return { store, advance, work: of(store), add: () => create(store) };
  }

  describe('claiming', () => {
    it('gives the oldest first, each once', async () => {
      const { work, add } = await start();
      const ids = [(await add()).id, (await add()).id, (await add()).id];
      const claims = [await work.claim(WORKER), await work.claim(WORKER), await work.claim(OTHER)];
      expect(claims.map((claim) => claim?.id)).toEqual(ids);
      expect(await work.claim(WORKER)).toBeUndefined();
    });

    it('makes pending work running, and moves updatedAt', async () => {
      const { work, add } = await start();
      const added = await add();
      const claim = await known(work.claim(WORKER));
      expect(added.status).toBe('PENDING');
      expect(claim.status).toBe('RUNNING');
      expect(claim.createdAt).toBe(added.createdAt);
      expect(claim.updatedAt > added.updatedAt).toBe(true);
      expect(await work.get(added.id)).toEqual(claim);
    });

    it('leaves work alone whose lease still runs, and takes it once the lease ran out', async () => {
      const { work, add, advance } = await start();
      const { id } = await add();
      await work.claim(WORKER);
      advance(WORKER.leaseMs - 1);
      expect(await work.claim(OTHER)).toBeUndefined();
      advance(1);
      expect((await work.claim(OTHER))?.id).toBe(id);
    });

    it('prefers older lost work to younger pending work', async () => {
      const { work, add, advance } = await start();
      const older = await add();
      await work.claim(WORKER);
      await add();
      advance(WORKER.leaseMs);
      expect((await work.claim(OTHER))?.id).toBe(older.id);
    });
  });

  describe('leases', () => {
    it('hold longer when renewed, by their owner alone', async () => {
      const { work, add, advance } = await start();
      const { id } = await add();
      await work.claim(WORKER);
      advance(WORKER.leaseMs - 1);
      expect(await work.renew([id, 'unknown'], WORKER)).toEqual([id]);
      expect(await work.renew([id], OTHER)).toEqual([]);
      expect(await work.renew([], WORKER)).toEqual([]);
      advance(WORKER.leaseMs - 1);
      expect(await work.claim(OTHER)).toBeUndefined();
    });

    it('that ran out are still held until somebody takes the work', async () => {
      const { store, work, add, advance } = await start();
      const { id } = await add();
      await work.claim(WORKER);
      advance(WORKER.leaseMs * 2);
      expect(await work.renew([id], WORKER)).toEqual([id]);
      advance(WORKER.leaseMs * 2);
      expect(await complete(store, id, WORKER.owner)).toBe(true);
    });

    it('that another took are gone: their former owner changes nothing', async () => {
      const { store, work, add, advance } = await start();
      const { id } = await add();
      await work.claim(WORKER);
      advance(WORKER.leaseMs);
      const taken = await work.claim(OTHER);
      expect(await work.renew([id], WORKER)).toEqual([]);
      expect(await work.release({ id, owner: WORKER.owner })).toBe(false);
      expect(await work.fail({ id, owner: WORKER.owner }, 'internal.unexpected: too late')).toBe(false);
      expect(await complete(store, id, WORKER.owner)).toBe(false);
      expect(await work.get(id)).toEqual(taken);
      expect(await complete(store, id, OTHER.owner)).toBe(true);
    });

    it('can be given back, which is no loss and keeps the place in the queue', async () => {
      const { work, add } = await start();
      const { id } = await add();
      await add();
      for (let round = 0; round < 5; round++) {
        expect((await work.claim(WORKER))?.id).toBe(id);
        expect(await work.release({ id, owner: WORKER.owner })).toBe(true);
        expect((await work.get(id))?.status).toBe('PENDING');
      }
      expect(await work.release({ id, owner: WORKER.owner })).toBe(false);
      expect(await work.failLost()).toEqual([]);
    });
  });

  describe('losing leases', () => {
    it('fails the work at the third loss, not before and not after', async () => {
      const { work, add, advance } = await start();
      const { id } = await add();
      for (let round = 0; round < 3; round++) {
        expect(await work.failLost()).toEqual([]);
        expect((await work.claim(WORKER))?.id).toBe(id);
        advance(WORKER.leaseMs);
      }
      expect(await work.claim(OTHER)).toBeUndefined();
      expect(await work.failLost()).toEqual([id]);
      const failed = await known(work.get(id));
      expect(failed.status).toBe('FAILED');
      expect(failed.errorMessage).toMatch(
        /^internal\.worker_crashed: the process that worked on it was lost 3 times; /,
      );
      expect(await work.failLost()).toEqual([]);
      expect(await work.claim(OTHER)).toBeUndefined();
    });

    it('counts all leases as lost at once when they are forfeited', async () => {
      const { store, work, add } = await start();
      const [first, second] = [await add(), await add()];
      await work.claim(WORKER);
      await work.claim(WORKER);
      expect(await work.forfeitLeases()).toBe(2);
      expect(await work.renew([first.id], WORKER)).toEqual([]);
      expect(await complete(store, first.id, WORKER.owner)).toBe(false);
      expect((await work.claim(OTHER))?.id).toBe(first.id);
      expect((await work.claim(OTHER))?.id).toBe(second.id);
    });

    it('fails work after three forfeited leases, however often they were forfeited in between', async () => {
      const { work, add } = await start();
      const { id } = await add();
      for (let round = 0; round < 3; round++) {
        expect((await work.claim(WORKER))?.id).toBe(id);
        await work.forfeitLeases();
        await work.forfeitLeases();
      }
      expect(await work.claim(WORKER)).toBeUndefined();
      expect(await work.failLost()).toEqual([id]);
      expect(await work.forfeitLeases()).toBe(0);
    });
  });

  describe('ending', () => {
    it('fails with a message', async () => {
      const { work, add } = await start();
      const { id, updatedAt } = await add();
      await work.claim(WORKER);
      expect(await work.fail({ id, owner: WORKER.owner }, 'document.corrupt: repair it')).toBe(true);
      const failed = await known(work.get(id));
      expect(failed).toMatchObject({ status: 'FAILED', errorMessage: 'document.corrupt: repair it' });
      expect(failed.updatedAt > updatedAt).toBe(true);
    });

    it('refuses work that is pending', async () => {
      const { store, work, add } = await start();
      const added = await add();
      const lease = { id: added.id, owner: WORKER.owner };
      expect(await work.release(lease)).toBe(false);
      expect(await work.fail(lease, 'internal.unexpected: no')).toBe(false);
      expect(await complete(store, added.id, WORKER.owner)).toBe(false);
      expect(await work.renew([added.id], WORKER)).toEqual([]);
      expect(await work.get(added.id)).toEqual(added);
    });

    it.each(['completed', 'failed'])('is final once %s', async (end) => {
      const { store, work, add, advance } = await start();
      const { id } = await add();
      const lease = { id, owner: WORKER.owner };
      await work.claim(WORKER);
      if (end === 'completed') await complete(store, id, WORKER.owner);
      else await work.fail(lease, 'document.corrupt: repair it');
      const ended = await known(work.get(id));
      expect(ended.status).toBe(end.toUpperCase());
      advance(WORKER.leaseMs * 10);
      expect(await complete(store, id, WORKER.owner)).toBe(false);
      expect(await work.fail(lease, 'internal.unexpected: no')).toBe(false);
      expect(await work.release(lease)).toBe(false);
      expect(await work.renew([id], WORKER)).toEqual([]);
      expect(await work.forfeitLeases()).toBe(0);
      expect(await work.failLost()).toEqual([]);
      expect(await work.claim(OTHER)).toBeUndefined();
      expect(await work.get(id)).toEqual(ended);
    });
  });
}
