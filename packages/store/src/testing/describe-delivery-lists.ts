import { describe, expect, it } from 'vitest';
import {
  allowed,
  COURIER,
  createHooked,
  DELIVERED,
  DELIVERY_WINDOW,
  finish,
  listed,
  makeEndpoint,
} from './delivery-samples.js';
import { createJob, known } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What is kept of deliveries, and shown: a part of the contract of the outbox. */
export function describeDeliveryLists(open: OpenStoreUnderTest): void {
  describe('keeping', () => {
    it('deletes deliveries with their job, also one that is being made', async () => {
      const { store } = await open();
      const job = await createHooked(store, makeEndpoint());
      const delivery = await known(store.deliveries.claim(COURIER));
      await store.jobs.cancel(job.id);
      await store.jobs.delete(job.id);
      expect(await listed(store)).toEqual([]);
      expect(await store.deliveries.counts()).toEqual({ pending: 0 });
      expect(await finish(store, delivery, DELIVERED)).toBe(false);
    });

    it('deletes what ended before a moment, and nothing that waits', async () => {
      const { store } = await open();
      await createHooked(store, makeEndpoint());
      await createHooked(store, makeEndpoint());
      for (let count = 0; count < 2; count++) {
        await finish(store, await known(store.deliveries.claim(COURIER)), DELIVERED);
      }
      const waiting = await createHooked(store, makeEndpoint());
      const now = store.clock.now();
      expect(await store.deliveries.deleteEndedBefore(now, 1)).toBe(1);
      expect(await store.deliveries.deleteEndedBefore(now, 10)).toBe(1);
      expect((await listed(store)).map(({ jobId }) => jobId)).toEqual([waiting.id]);
    });

    it('lists the newest first, by job and status, part by part, and counts what waits', async () => {
      const { store } = await open();
      const jobs = [await createHooked(store, makeEndpoint()), await createHooked(store, makeEndpoint())];
      await createJob(store, { projectId: 'other', webhooks: { targets: [allowed(makeEndpoint())] } });
      await finish(store, await known(store.deliveries.claim(COURIER)), DELIVERED);
      const all = await listed(store);
      expect(all.map(({ jobId }) => jobId)).toEqual(jobs.map(({ id }) => id).reverse());
      const part = await store.deliveries.list({ ...DELIVERY_WINDOW, limit: 1 });
      expect(part).toMatchObject({ items: [all[0]], total: 2 });
      const rest = await store.deliveries.list({ ...DELIVERY_WINDOW, limit: 1, after: part.next });
      expect(rest).toEqual({ items: [all[1]], total: 2 });
      const ofJob = await store.deliveries.list({ ...DELIVERY_WINDOW, jobId: jobs[0]?.id });
      expect(ofJob).toEqual({ items: [all[1]], total: 1 });
      const delivered = await store.deliveries.list({ ...DELIVERY_WINDOW, status: 'DELIVERED' });
      expect(delivered.items).toEqual([all[1]]);
      const both = await store.deliveries.list({ ...DELIVERY_WINDOW, jobId: jobs[0]?.id, status: 'PENDING' });
      expect(both.items).toEqual([]);
      const { pending, oldestPending } = await store.deliveries.counts();
      expect([pending, oldestPending]).toEqual([2, jobs[1]?.createdAt]);
    });
  });
}
