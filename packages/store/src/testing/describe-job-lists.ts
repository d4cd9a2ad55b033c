import { describe, expect, it } from 'vitest';
import type { Cursor, Job, JobQuery, Store } from '../index.js';
import { claimed, completeJob, createJob, PROJECT } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What every JobStore's lists must do. */
export function describeJobLists(open: OpenStoreUnderTest): void {
  describe('listing', () => {
    it('gives the newest first, with the count of all', async () => {
      const { store } = await open();
      const jobs = await createJobs(store, 3);
      expect(await list(store)).toEqual({ items: jobs.toReversed(), total: 3 });
      expect(await list(store, { projectId: 'another' })).toEqual({ items: [], total: 0 });
    });

    it.each([1, 2, 3, 5, 6, 7])('gives each job once in parts of %i', async (limit) => {
      const { store } = await open();
      const jobs = await createJobs(store, 6);
      const parts = await listAll(store, { limit });
      expect(parts.flat()).toEqual(jobs.toReversed());
      expect(parts.every((part) => part.length > 0)).toBe(true);
    });

    it('neither shifts nor repeats while jobs come and go', async () => {
      const { store } = await open();
      const jobs = await createJobs(store, 6);
      for (const { id } of jobs.slice(0, 5)) await store.jobs.cancel(id);
      const first = await list(store, { limit: 2 });
      expect(ids(first.items)).toEqual(ids([jobs[5], jobs[4]]));
      await createJobs(store, 2);
      // The last of the first part goes, and one of those that follow.
      await store.jobs.delete(jobs[4]?.id ?? '');
      await store.jobs.delete(jobs[2]?.id ?? '');
      const second = await list(store, { limit: 2, after: first.next });
      expect(ids(second.items)).toEqual(ids([jobs[3], jobs[1]]));
      const third = await list(store, { limit: 2, after: second.next });
      expect(ids(third.items)).toEqual(ids([jobs[0]]));
      expect(third.next).toBeUndefined();
      expect(third.total).toBe(6);
    });

    it('filters by each condition, and counts what it gives', async () => {
      const { store } = await open();
      const [first, second, third, fourth] = await createDifferentJobs(store);
      const cases: readonly (readonly [Partial<JobQuery>, readonly (Job | undefined)[]])[] = [
        [{ status: 'COMPLETED' }, [first]],
        [{ status: 'RUNNING' }, [second]],
        [{ status: 'CANCELLED' }, [third]],
        [{ status: 'PENDING' }, [fourth]],
        [{ status: 'FAILED' }, []],
        [{ configurationId: 'cfg-a' }, [third, first]],
        [{ configurationId: 'cfg-unknown' }, []],
        [{ ids: ids([first, fourth, { id: 'clj-unknown' }]) }, [fourth, first]],
        [{ ids: [] }, []],
        [{ createdFrom: second?.createdAt }, [fourth, third, second]],
        [{ createdTo: second?.createdAt }, [second, first]],
        [{ createdFrom: second?.createdAt, createdTo: third?.createdAt }, [third, second]],
        [{ configurationId: 'cfg-a', status: 'COMPLETED' }, [first]],
        [{ ids: ids([first, second]), status: 'RUNNING', createdTo: second?.createdAt }, [second]],
      ];
      for (const [query, expected] of cases) {
        const part = await list(store, query);
        expect(ids(part.items), JSON.stringify(query)).toEqual(ids(expected));
        expect(part.total).toBe(expected.length);
        expect(ids((await listAll(store, { ...query, limit: 1 })).flat())).toEqual(ids(expected));
      }
    });

    it.each([[[]], [['x']], [['x', 'y', 'z']], [[1, 2]]])('refuses the cursor %j', async (after) => {
      const { store } = await open();
      await expect(list(store, { after })).rejects.toMatchObject({
        code: 'request.invalid_page_token',
        message: 'Invalid page token',
      });
    });
  });
}

/** Jobs in every state but FAILED, and one of another project that no list of this one may show. */
async function createDifferentJobs(store: Store): Promise<(Job | undefined)[]> {
  const jobs = [
    await createJob(store, { configurationId: 'cfg-a' }),
    await createJob(store, { configurationId: 'cfg-b' }),
    await createJob(store, { configurationId: 'cfg-a' }),
    await createJob(store),
  ];
  await createJob(store, { projectId: 'another', configurationId: 'cfg-a' });
  await completeJob(store);
  await claimed(store);
  await store.jobs.cancel(jobs[2]?.id ?? '');
  return jobs;
}

async function createJobs(store: Store, count: number): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let index = 0; index < count; index++) jobs.push(await createJob(store));
  return jobs;
}

function list(store: Store, query: Partial<JobQuery> = {}) {
  return store.jobs.list({ projectId: PROJECT, limit: 100, ...query });
}

async function listAll(store: Store, query: Partial<JobQuery>): Promise<(readonly Job[])[]> {
  const parts: (readonly Job[])[] = [];
  let after: Cursor | undefined;
  do {
    const { items, next } = await list(store, { ...query, after });
    if (items.length > 0) parts.push(items);
    after = next;
  } while (after !== undefined);
  return parts;
}

function ids(jobs: readonly ({ readonly id: string } | undefined)[]): string[] {
  return jobs.flatMap((job) => (job === undefined ? [] : [job.id]));
}
