import { describe, expect, it } from 'vitest';
import type {
  ClaimedDelivery,
  DeliveryAttempt,
  DeliveryOutcome,
  JobEvent,
  TriedDelivery,
} from '../ports/delivery-store.js';
import type { Job } from '../ports/job-store.js';
import type { Store } from '../ports/store.js';
import type { WebhookEndpoint, WebhookTarget } from '../ports/webhook-store.js';
import { claimed, completeJob, createJob, known, PROJECT, WORKER } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

const COURIER = { owner: 'courier-1', leaseMs: 60_000, busyHosts: [] };
const OTHER = { ...COURIER, owner: 'courier-2' };
const DELIVERED: DeliveryOutcome = { status: 'DELIVERED' };
const WINDOW = { projectId: PROJECT, limit: 100 };

export function makeEndpoint(change: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    url: 'https://hooks.example/a?token=t',
    host: 'hooks.example',
    headers: { authorization: 'Bearer b' },
    events: null,
    format: 'json',
    secret: 'whsec_c2VjcmV0',
    ...change,
  };
}

/** The contract of the outbox of events. */
export function describeDeliveryStore(open: OpenStoreUnderTest): void {
  describe('DeliveryStore', () => {
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

    describe('claiming', () => {
      it('gives a delivery with its job and all that it takes to deliver it, to one courier', async () => {
        const { store } = await open();
        const endpoint = makeEndpoint({ events: ['classify.pending'], format: 'string', secret: null });
        const job = await createHooked(store, endpoint);
        const delivery = await known(store.deliveries.claim(COURIER));
        expect(delivery).toMatchObject({ event: 'classify.pending', endpoint, job, attempts: 0 });
        expect(delivery.occurredAt).toBe(job.createdAt);
        expect(await store.deliveries.claim(OTHER)).toBeUndefined();
      });

      it('takes the events of a job in order, a later one when the earlier was tried', async () => {
        const { store } = await open();
        await createHooked(store, makeEndpoint());
        await claimed(store);
        const first = await known(store.deliveries.claim(COURIER));
        expect(first.event).toBe('classify.pending');
        expect(await store.deliveries.claim(OTHER)).toBeUndefined();
        await finish(store, first, { status: 'PENDING', pauseMs: 5_000 });
        expect((await known(store.deliveries.claim(OTHER))).event).toBe('classify.running');
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
        expect(await store.deliveries.claim(OTHER)).toBeUndefined();
        expect(await store.deliveries.renew([lost.id, 'unknown'], COURIER)).toEqual([lost.id]);
        expect(await store.deliveries.renew([lost.id], OTHER)).toEqual([]);
        advance(COURIER.leaseMs - 1);
        expect(await store.deliveries.claim(OTHER)).toBeUndefined();
        advance(1);
        const taken = await known(store.deliveries.claim(OTHER));
        expect(taken).toEqual(lost);
        expect(await store.deliveries.renew([lost.id], COURIER)).toEqual([]);
        expect(await finish(store, lost, DELIVERED)).toBe(false);
        expect(await store.deliveries.release({ id: lost.id, owner: COURIER.owner })).toBe(false);
        expect(await finish(store, taken, DELIVERED, OTHER.owner)).toBe(true);
        expect((await listed(store)).map(({ status, attempts }) => [status, attempts.length])).toEqual([
          ['DELIVERED', 1],
        ]);
      });

      it('takes at once what was given back or forfeited', async () => {
        const { store } = await open();
        await createHooked(store, makeEndpoint());
        const given = await known(store.deliveries.claim(COURIER));
        expect(await store.deliveries.release({ id: given.id, owner: COURIER.owner })).toBe(true);
        expect(await store.deliveries.claim(OTHER)).toEqual(given);
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
        const part = await store.deliveries.list({ ...WINDOW, limit: 1 });
        expect(part).toMatchObject({ items: [all[0]], total: 2 });
        const rest = await store.deliveries.list({ ...WINDOW, limit: 1, after: part.next });
        expect(rest).toEqual({ items: [all[1]], total: 2 });
        const ofJob = await store.deliveries.list({ ...WINDOW, jobId: jobs[0]?.id });
        expect(ofJob).toEqual({ items: [all[1]], total: 1 });
        const delivered = await store.deliveries.list({ ...WINDOW, status: 'DELIVERED' });
        expect(delivered.items).toEqual([all[1]]);
        const both = await store.deliveries.list({ ...WINDOW, jobId: jobs[0]?.id, status: 'PENDING' });
        expect(both.items).toEqual([]);
        const { pending, oldestPending } = await store.deliveries.counts();
        expect([pending, oldestPending]).toEqual([2, jobs[1]?.createdAt]);
      });
    });
  });
}

const allowed = (endpoint: WebhookEndpoint): WebhookTarget => ({ isAllowed: true, endpoint });

function createTargeted(store: Store, ...targets: readonly WebhookTarget[]): Promise<Job> {
  return createJob(store, { webhooks: { targets } });
}

function createHooked(store: Store, ...endpoints: readonly WebhookEndpoint[]): Promise<Job> {
  return createTargeted(store, ...endpoints.map(allowed));
}

async function listed(store: Store): Promise<readonly TriedDelivery[]> {
  return (await store.deliveries.list(WINDOW)).items;
}

/** The events of a job, in the order in which they happened. */
async function eventsOf(store: Store, { id }: Job): Promise<JobEvent[]> {
  const { items } = await store.deliveries.list({ ...WINDOW, jobId: id });
  return items.map(({ event }) => event).reverse();
}

const twice = (...events: readonly JobEvent[]) => events.flatMap((event) => [event, event]);

function leaseOf({ id }: ClaimedDelivery, owner = COURIER.owner) {
  return { id, owner };
}

function makeAttempt(store: Store, change: Partial<DeliveryAttempt>): DeliveryAttempt {
  return { startedAt: store.clock.now(), durationMs: 12, ...change };
}

function finish(store: Store, delivery: ClaimedDelivery, outcome: DeliveryOutcome, owner = COURIER.owner) {
  return store.deliveries.finish(leaseOf(delivery, owner), makeAttempt(store, { statusCode: 200 }), outcome);
}
