import { describe, expect, it } from 'vitest';
import type { JobEvent } from '../ports/delivery-store.js';
import { COURIER, createHooked, createTargeted, eventsOf, listed, makeEndpoint } from './delivery-samples.js';
import { describeDeliveryClaims } from './describe-delivery-claims.js';
import { describeDeliveryLists } from './describe-delivery-lists.js';
import { claimed, completeJob, createJob, known, PROJECT, WORKER } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** The contract of the outbox of events. */
export function describeDeliveryStore(open: OpenStoreUnderTest): void {
  describe('DeliveryStore', () => {
    describeEvents(open);
    describeDeliveryClaims(open);
    describeSavedEndpoints(open);
    describeDeliveryLists(open);
  });
}

function describeEvents(open: OpenStoreUnderTest): void {
  describe('events', () => {
    it('are there as soon as the job has changed, once, for each target, until the job has ended', async () => {
      const { store } = await open();
      const endpoint = makeEndpoint();
      const job = await createHooked(store, endpoint, makeEndpoint({ host: 'other.example' }));
      expect(await eventsOf(store, job)).toEqual(twice('classify.pending'));
      for (let round = 0; round < 2; round++) {
        await claimed(store);
        await store.jobs.release({ id: job.id, owner: WORKER.owner });
      }
      expect(await eventsOf(store, job)).toEqual(twice('classify.pending', 'classify.running'));
      const completed = await completeJob(store);
      expect(await eventsOf(store, job)).toEqual(twice('classify.pending', 'classify.running', 'classify.success'));
      const deliveries = await listed(store);
      expect(
        deliveries
          .map(({ occurredAt }) => occurredAt)
          .sort()
          .at(-1),
      ).toBe(completed.updatedAt);
      expect(new Set(deliveries.map(({ id }) => id)).size).toBe(6);
      for (const { id, jobId, projectId, status, url } of deliveries) {
        expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        expect({ jobId, projectId, status, url }).toEqual({
          jobId: job.id,
          projectId: PROJECT,
          status: 'PENDING',
          url: endpoint.url,
        });
      }
    });

    it('tell of every way to end', async () => {
      const { store, advance } = await open();
      const failed = await createHooked(store, makeEndpoint());
      await store.jobs.fail({ id: (await claimed(store)).id, owner: WORKER.owner }, 'document.corrupt: repair it');
      const cancelled = await createHooked(store, makeEndpoint());
      await store.jobs.cancel(cancelled.id);
      const lost = await createHooked(store, makeEndpoint());
      for (let round = 0; round < 3; round++) {
        await claimed(store);
        advance(WORKER.leaseMs);
      }
      expect(await store.jobs.failLost()).toEqual([lost.id]);
      expect(await eventsOf(store, failed)).toEqual(['classify.pending', 'classify.running', 'classify.error']);
      expect(await eventsOf(store, cancelled)).toEqual(['classify.pending', 'classify.cancelled']);
      expect(await eventsOf(store, lost)).toEqual(['classify.pending', 'classify.running', 'classify.error']);
    });

    it('go only where they are wanted and allowed', async () => {
      const { store } = await open();
      await createJob(store, { transactionId: 'none' });
      await createHooked(store, makeEndpoint({ events: ['classify.success', 'parse.success'] }));
      await createHooked(store, makeEndpoint({ events: [] }));
      await createJob(store, { webhooks: { targets: [{ isAllowed: false, endpoint: makeEndpoint() }] } });
      await createJob(store, { webhooks: { targets: [{ isAllowed: true, webhookId: 'whc-unknown' }] } });
      await createJob(store, { webhooks: { targets: [] } });
      expect(await listed(store)).toEqual([]);
      await claimed(store);
      await completeJob(store);
      expect((await listed(store)).map(({ event }) => event)).toEqual(['classify.success']);
    });

    it('are not made for a job that is there already', async () => {
      const { store } = await open();
      const webhooks = { targets: [{ isAllowed: true, endpoint: makeEndpoint() }] };
      await createJob(store, { webhooks, transactionId: 'once' });
      await createJob(store, { webhooks, transactionId: 'once' });
      expect(await listed(store)).toHaveLength(1);
    });
  });
}

const twice = (...events: readonly JobEvent[]) => events.flatMap((event) => [event, event]);

function describeSavedEndpoints(open: OpenStoreUnderTest): void {
  describe('saved endpoints', () => {
    it('are looked up at each attempt: changes hold at once, and what was deleted is gone', async () => {
      const { store } = await open();
      const saved = await store.webhooks.create({ ...makeEndpoint(), projectId: PROJECT });
      const job = await createTargeted(store, { isAllowed: true, webhookId: saved.id });
      const change = { url: 'https://new.example/', host: 'new.example', secret: 'rotated', events: [] };
      await store.webhooks.update(saved.id, change);
      const delivery = await known(store.deliveries.claim(COURIER));
      expect(delivery.endpoint).toMatchObject(change);
      expect(delivery.host).toBe(makeEndpoint().host);
      await claimed(store);
      expect(await listed(store)).toHaveLength(1);
      await store.webhooks.update(saved.id, { events: null });
      await store.webhooks.delete(saved.id);
      await store.deliveries.forfeitLeases();
      expect((await known(store.deliveries.claim(COURIER))).endpoint).toBeUndefined();
      await store.jobs.cancel(job.id);
      expect((await listed(store)).map(({ event, url }) => [event, url])).toEqual([['classify.pending', undefined]]);
    });
  });
}
