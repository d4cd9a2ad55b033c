import { describe, expect, it } from 'vitest';
import {
  COURIER,
  createHooked,
  DELIVERED,
  finish,
  leaseOf,
  listed,
  makeAttempt,
  makeEndpoint,
  OTHER_COURIER,
} from './delivery-samples.js';
import { claimed, known } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** Who delivers what, and what comes of it: a part of the contract of the outbox. */
export function describeDeliveryClaims(open: OpenStoreUnderTest): void {
  describe('claiming', () => {
    it('gives a delivery with its job and all that it takes to deliver it, to one courier', async () => {
      const { store } = await open();
      const endpoint = makeEndpoint({ events: ['classify.pending'], format: 'string', secret: null });
      const job = await createHooked(store, endpoint);
      const delivery = await known(store.deliveries.claim(COURIER));
      expect(delivery).toMatchObject({ event: 'classify.pending', endpoint, job, attempts: 0 });
      expect(delivery.occurredAt).toBe(job.createdAt);
      expect(await store.deliveries.claim(OTHER_COURIER)).toBeUndefined();
    });

    it('takes the events of a job in order, a later one when the earlier was tried', async () => {
      const { store } = await open();
      await createHooked(store, makeEndpoint());
      await claimed(store);
      const first = await known(store.deliveries.claim(COURIER));
      expect(first.event).toBe('classify.pending');
      expect(await store.deliveries.claim(OTHER_COURIER)).toBeUndefined();
      await finish(store, first, { status: 'PENDING', pauseMs: 5_000 });
      expect((await known(store.deliveries.claim(OTHER_COURIER))).event).toBe('classify.running');
    });

    it('leaves busy hosts alone, and asks the others for what is oldest', async () => {
      const { store } = await open();
      await createHooked(store, makeEndpoint({ host: 'b.example' }));
      await createHooked(store, makeEndpoint({ host: 'a.example' }));
      await createHooked(store, makeEndpoint({ host: 'b.example' }));
      const hosts: (string | undefined)[] = [];
      for (const busyHosts of [[], ['b.example'], ['b.example'], []]) {
        hosts.push((await store.deliveries.claim({ ...COURIER, busyHosts }))?.endpoint?.host);
      }
      expect(hosts).toEqual(['b.example', 'a.example', undefined, 'b.example']);
    });

    it('takes what another courier lost, who can then change nothing', async () => {
      const { store, advance } = await open();
      await createHooked(store, makeEndpoint());
      const lost = await known(store.deliveries.claim(COURIER));
      advance(COURIER.leaseMs - 1);
      expect(await store.deliveries.claim(OTHER_COURIER)).toBeUndefined();
      expect(await store.deliveries.renew([lost.id, 'unknown'], COURIER)).toEqual([lost.id]);
      expect(await store.deliveries.renew([lost.id], OTHER_COURIER)).toEqual([]);
      advance(COURIER.leaseMs - 1);
      expect(await store.deliveries.claim(OTHER_COURIER)).toBeUndefined();
      advance(1);
      const taken = await known(store.deliveries.claim(OTHER_COURIER));
      expect(taken).toEqual(lost);
      expect(await store.deliveries.renew([lost.id], COURIER)).toEqual([]);
      expect(await finish(store, lost, DELIVERED)).toBe(false);
      expect(await store.deliveries.release({ id: lost.id, owner: COURIER.owner })).toBe(false);
      expect(await finish(store, taken, DELIVERED, OTHER_COURIER.owner)).toBe(true);
      expect((await listed(store)).map(({ status, attempts }) => [status, attempts.length])).toEqual([
        ['DELIVERED', 1],
      ]);
    });

    it('takes at once what was given back or forfeited', async () => {
      const { store } = await open();
      await createHooked(store, makeEndpoint());
      const given = await known(store.deliveries.claim(COURIER));
      expect(await store.deliveries.release({ id: given.id, owner: COURIER.owner })).toBe(true);
      expect(await store.deliveries.claim(OTHER_COURIER)).toEqual(given);
      expect(await store.deliveries.forfeitLeases()).toBe(1);
      expect(await store.deliveries.claim(COURIER)).toEqual(given);
    });
  });

  describe('attempts', () => {
    it('are kept, and a failed one is followed by another after its pause', async () => {
      const { store, advance } = await open();
      await createHooked(store, makeEndpoint());
      const first = await known(store.deliveries.claim(COURIER));
      const refused = makeAttempt(store, { statusCode: 503, error: 'status 503' });
      await store.deliveries.finish(leaseOf(first), refused, { status: 'PENDING', pauseMs: 5_000 });
      advance(4_999);
      expect(await store.deliveries.claim(COURIER)).toBeUndefined();
      const [waiting] = await listed(store);
      expect(waiting).toMatchObject({ status: 'PENDING', attempts: [refused] });
      expect(waiting?.nextAttemptAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/);
      advance(1);
      const second = await known(store.deliveries.claim(COURIER));
      expect(second).toEqual({ ...first, attempts: 1 });
      const answered = makeAttempt(store, { statusCode: 204 });
      expect(await store.deliveries.finish(leaseOf(second), answered, DELIVERED)).toBe(true);
      const [delivered] = await listed(store);
      expect(delivered).toMatchObject({ id: first.id, status: 'DELIVERED', attempts: [refused, answered] });
      expect(delivered).not.toHaveProperty('nextAttemptAt');
      advance(COURIER.leaseMs * 10);
      expect(await store.deliveries.claim(COURIER)).toBeUndefined();
    });

    it('end all that goes to a target of the job when it is gone', async () => {
      const { store } = await open();
      const job = await createHooked(store, makeEndpoint(), makeEndpoint({ host: 'other.example' }));
      await claimed(store);
      const first = await known(store.deliveries.claim({ ...COURIER, busyHosts: ['other.example'] }));
      await finish(store, first, { status: 'GONE' });
      await store.jobs.cancel(job.id);
      const statuses = (await listed(store)).map(({ event, status }) => `${event} ${status}`).sort();
      expect(statuses).toEqual([
        'classify.cancelled PENDING',
        'classify.pending GONE',
        'classify.pending PENDING',
        'classify.running GONE',
        'classify.running PENDING',
      ]);
    });
  });
}
