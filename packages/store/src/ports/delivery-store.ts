import type { Instant } from './instant.js';
import type { Job } from './job-store.js';
import type { Lease, LeaseOptions } from './leases.js';
import type { ListPart, ListWindow } from './listing.js';
import type { WebhookEndpoint } from './webhook-store.js';

/** What happens to a job, in order; the last three are its ends. */
export const JOB_EVENTS = [
  'classify.pending',
  'classify.running',
  'classify.success',
  'classify.error',
  'classify.cancelled',
] as const;

/** One of {@link JOB_EVENTS}. */
export type JobEvent = (typeof JOB_EVENTS)[number];

/** `PENDING` until it is delivered, given up, or the endpoint said that it is gone for good. */
export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'FAILED', 'GONE'] as const;

/** One of {@link DELIVERY_STATUSES}. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What a try to deliver came to. Never holds a header, a secret or the body of an answer. */
export interface DeliveryAttempt {
  readonly startedAt: Instant;
  readonly durationMs: number;
  /** Absent when no answer came. */
  readonly statusCode?: number;
  /** Absent when it was delivered: what was wrong, in a few words. */
  readonly error?: string;
}

/** What becomes of a delivery after an attempt. */
export type DeliveryOutcome =
  | { readonly status: 'DELIVERED' | 'FAILED' }
  /** No event of the job goes there any more. */
  | { readonly status: 'GONE' }
  /** It is tried again, not before so long. */
  | { readonly status: 'PENDING'; readonly pauseMs: number };

/** One event of a job on its way to one endpoint. */
export interface Delivery {
  /** A UUID: the same at every attempt, and of no other delivery. */
  readonly id: string;
  readonly projectId: string;
  readonly jobId: string;
  readonly event: JobEvent;
  /** When the job changed. */
  readonly occurredAt: Instant;
  readonly status: DeliveryStatus;
}

/** A delivery that somebody has taken up. */
export interface ClaimedDelivery extends Delivery {
  /** As the job is now; what it was at the event follows from that. */
  readonly job: Job;
  /** Where to; undefined when the saved endpoint was deleted meanwhile. */
  readonly endpoint: WebhookEndpoint | undefined;
  /** Attempts before this one. */
  readonly attempts: number;
  /** The host by which {@link DeliveryClaim.busyHosts} go: that of the endpoint when the event happened. */
  readonly host: string;
}

/** A delivery with all that was tried. */
export interface TriedDelivery extends Delivery {
  /** Where it goes; absent when the saved endpoint was deleted. */
  readonly url?: string;
  readonly attempts: readonly DeliveryAttempt[];
  /** Absent when none is to come: when the next attempt may be made. */
  readonly nextAttemptAt?: Instant;
}

/** How deliveries are taken up. */
export interface DeliveryClaim extends LeaseOptions {
  /** Hosts that nothing more is wanted for just now. */
  readonly busyHosts: readonly string[];
}

/** Which deliveries to list; conditions are joined by AND. */
export interface DeliveryQuery extends ListWindow {
  readonly projectId: string;
  readonly jobId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
}

/** How many deliveries wait, for metrics. */
export interface DeliveryCounts {
  readonly pending: number;
  /** When the event happened that waits longest. */
  readonly oldestPending?: Instant;
}

/**
 * The outbox of events. A job whose targets want one gets its delivery in the very step that changes the job: created
 * (`classify.pending`), taken up (`classify.running`), completed, failed and cancelled; each event once for each target,
 * however often the job is taken up. Deleting a job deletes its deliveries.
 */
export interface DeliveryStore {
  /**
   * Takes up a delivery that is due: the one whose event is oldest among the hosts that are not busy, those that failed before
   * first at each host. The events of one job reach a target in order as far as first attempts go: a later one is not claimed
   * before the first attempt of an earlier one has ended.
   */
  claim(options: DeliveryClaim): Promise<ClaimedDelivery | undefined>;
  /** Prolongs leases. @returns The ids of those that are still held */
  renew(ids: readonly string[], options: LeaseOptions): Promise<readonly string[]>;
  /** Writes down an attempt and what becomes of the delivery. @returns Whether the lease was still held: if not, nothing was written */
  finish(lease: Lease, attempt: DeliveryAttempt, outcome: DeliveryOutcome): Promise<boolean>;
  /** Gives a delivery back as if it had not been taken up. */
  release(lease: Lease): Promise<boolean>;
  /** Counts every lease as lost at once: for a start after which no former owner can be alive. @returns How many */
  forfeitLeases(): Promise<number>;
  /** Newest first. */
  list(query: DeliveryQuery): Promise<ListPart<TriedDelivery>>;
  counts(): Promise<DeliveryCounts>;
  /** Deletes deliveries that ended before a moment, with their attempts. @returns How many, at most `limit` */
  deleteEndedBefore(moment: Instant, limit: number): Promise<number>;
}
