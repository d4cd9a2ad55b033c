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
import { createJob, PROJECT } from './samples.js';

export const COURIER = { owner: 'courier-1', leaseMs: 60_000, busyHosts: [] };
export const OTHER_COURIER = { ...COURIER, owner: 'courier-2' };
export const DELIVERED: DeliveryOutcome = { status: 'DELIVERED' };
export const DELIVERY_WINDOW = { projectId: PROJECT, limit: 100 };

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

export const allowed = (endpoint: WebhookEndpoint): WebhookTarget => ({ isAllowed: true, endpoint });

export function createTargeted(store: Store, ...targets: readonly WebhookTarget[]): Promise<Job> {
  return createJob(store, { webhooks: { targets } });
}

export function createHooked(store: Store, ...endpoints: readonly WebhookEndpoint[]): Promise<Job> {
  return createTargeted(store, ...endpoints.map(allowed));
}

export async function listed(store: Store): Promise<readonly TriedDelivery[]> {
  return (await store.deliveries.list(DELIVERY_WINDOW)).items;
}

/** The events of a job, in the order in which they happened. */
export async function eventsOf(store: Store, { id }: Job): Promise<JobEvent[]> {
  const { items } = await store.deliveries.list({ ...DELIVERY_WINDOW, jobId: id });
  return items.map(({ event }) => event).reverse();
}

export function leaseOf({ id }: ClaimedDelivery, owner = COURIER.owner) {
  return { id, owner };
}

export function makeAttempt(store: Store, change: Partial<DeliveryAttempt>): DeliveryAttempt {
  return { startedAt: store.clock.now(), durationMs: 12, ...change };
}

export function finish(store: Store, delivery: ClaimedDelivery, outcome: DeliveryOutcome, owner = COURIER.owner) {
  return store.deliveries.finish(leaseOf(delivery, owner), makeAttempt(store, { statusCode: 200 }), outcome);
}
