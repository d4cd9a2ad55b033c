import { randomUUID } from 'node:crypto';
import type { ClaimedDelivery, DeliveryAttempt, DeliveryOutcome, Store, WebhookEndpoint } from '@docket/store';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics.js';
import { StoreFaults } from '../runner/store-faults.js';
import { untilStored } from '../runner/until-stored.js';
import { writeDeliveryBody } from './delivery-body.js';
import { deliveryHeaders } from './delivery-headers.js';
import { type PostResult, postDelivery } from './post-delivery.js';
import type { HostResolver } from './resolve-host.js';
import { DELIVERY_PERIOD_MS, pauseBeforeRetry } from './retry-schedule.js';

/** What a {@link Courier} works with. */
export interface CourierOptions {
  readonly store: Pick<Store, 'deliveries' | 'clock'>;
  readonly resolver: HostResolver;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'observeDelivery'>;
  /** Whether nobody else delivers: whoever held a lease is gone then. */
  readonly isAlone: boolean;
  /** For tests. @default 30 s, as LlamaCloud documents */
  readonly timeoutMs?: number;
  /** How often is looked for what nobody announced: retries, and what other servers wrote. For tests. @default 2 s */
  readonly pollMs?: number;
}

const TIMEOUT_MS = 30_000;
const POLL_MS = 2_000;
/** How long a claim holds without a sign of life, and how often that is given: as for jobs. */
const LEASE_MS = 15_000;
const HEARTBEAT_MS = 5_000;
/** Attempts at once: of all hosts, and of one, so that a host that hangs leaves room for the others. */
const MOST_AT_ONCE = 16;
const MOST_PER_HOST = 4;
/** How long attempts may go on when the server stops. */
const STOP_GRACE_MS = 2_000;

/** Takes what is due out of the outbox and delivers it, as long as there is any. */
export class Courier {
  private readonly owner = `courier-${randomUUID()}`;
  /** By id. */
  private readonly inFlight = new Map<string, { readonly host: string; readonly work: Promise<void> }>();
  private readonly faults: StoreFaults;
  /** Nothing new is begun. */
  private readonly ending = new AbortController();
  /** What runs is given up. */
  private readonly stopping = new AbortController();
  private readonly timers: readonly NodeJS.Timeout[];
  private filling: Promise<void> | undefined;
  private fillAgain = false;
  private readonly prepared: Promise<void>;

  constructor(private readonly options: CourierOptions) {
    this.faults = new StoreFaults(options.logger);
    this.prepared = this.prepare();
    this.timers = [
      setInterval(() => this.wake(), options.pollMs ?? POLL_MS).unref(),
      setInterval(() => void this.renew(), HEARTBEAT_MS).unref(),
    ];
    this.wake();
  }

  /** Says that something may be due. Never waits. */
  wake(): void {
    this.fillAgain = true;
    this.filling ??= this.fill().finally(() => {
      this.filling = undefined;
      if (this.fillAgain && !this.isStopped) this.wake();
    });
  }

  /** Lets attempts come to their end, or gives them back when they take too long. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.filling;
    const grace = setTimeout(() => this.stopping.abort(), STOP_GRACE_MS);
    await Promise.all([...this.inFlight.values()].map(({ work }) => work));
    clearTimeout(grace);
    for (const timer of this.timers) clearInterval(timer);
  }

  private get isStopped(): boolean {
    return this.ending.signal.aborted;
  }

  /** Never rejects: leases that are not forfeited run out. */
  private async prepare(): Promise<void> {
    const { store, logger, isAlone } = this.options;
    if (!isAlone) return;
    try {
      await untilStored(() => store.deliveries.forfeitLeases(), { signal: this.ending.signal, logger });
    } catch (err) {
      if (!this.isStopped) this.faults.add(err, 'leases of deliveries could not be ended');
    }
  }

  private async fill(): Promise<void> {
    await this.prepared;
    try {
      while (this.fillAgain && !this.isStopped) {
        this.fillAgain = false;
        while (!this.isStopped && this.inFlight.size < MOST_AT_ONCE && (await this.claimNext()));
      }
    } catch (err) {
      this.fillAgain = false;
      this.faults.add(err, 'no delivery could be claimed');
    }
  }

  private async claimNext(): Promise<boolean> {
    const lease = { owner: this.owner, leaseMs: LEASE_MS, busyHosts: this.busyHosts() };
    const delivery = await this.options.store.deliveries.claim(lease);
    this.faults.clear();
    if (delivery === undefined) return false;
    const work = this.deliver(delivery).finally(() => {
      this.inFlight.delete(delivery.id);
      if (!this.isStopped) this.wake();
    });
    this.inFlight.set(delivery.id, { host: delivery.host, work });
    return true;
  }

  private busyHosts(): string[] {
    const hosts = [...this.inFlight.values()].map(({ host }) => host);
    return [...new Set(hosts)].filter((host) => hosts.filter((other) => other === host).length >= MOST_PER_HOST);
  }

  /** What is lost all the same is delivered by others too, under the same id. */
  private async renew(): Promise<void> {
    const ids = [...this.inFlight.keys()];
    try {
      await this.options.store.deliveries.renew(ids, { owner: this.owner, leaseMs: LEASE_MS });
    } catch (err) {
      this.faults.add(err, 'leases of deliveries could not be renewed');
    }
  }

  /** Makes one attempt and writes down what came of it. Never rejects. */
  private async deliver(delivery: ClaimedDelivery): Promise<void> {
    const { store } = this.options;
    const lease = { id: delivery.id, owner: this.owner };
    try {
      const startedAt = store.clock.now();
      const started = performance.now();
      const result = await this.send(delivery);
      const { signal } = this.stopping;
      if (signal.aborted && result.statusCode === undefined) {
        await store.deliveries.release(lease);
        return;
      }
      const attempt = { startedAt, durationMs: performance.now() - started, ...describe(result) };
      const outcome = this.decide(delivery, result);
      this.tell(delivery, attempt, outcome);
      await untilStored(() => store.deliveries.finish(lease, attempt, outcome), { ...this.options, signal });
    } catch (err) {
      // The lease runs out, and the delivery is made again.
      this.faults.add(err, `the delivery ${delivery.id} could not be ended`);
    }
  }

  private async send(delivery: ClaimedDelivery): Promise<PostResult> {
    const { endpoint } = delivery;
    if (endpoint === undefined) return { error: 'the webhook configuration was deleted' };
    if (delivery.attempts > 0 && this.ageMs(delivery) > DELIVERY_PERIOD_MS)
      return { error: 'not sent: the day was over' };
    if (!URL.canParse(endpoint.url)) return { error: 'the webhook has no valid URL' };
    return postDelivery(this.writeRequest(delivery, endpoint), {
      resolver: this.options.resolver,
      timeoutMs: this.options.timeoutMs ?? TIMEOUT_MS,
      signal: this.stopping.signal,
    });
  }

  private writeRequest(delivery: ClaimedDelivery, endpoint: WebhookEndpoint) {
    const body = writeDeliveryBody(delivery, endpoint.format);
    const headers = deliveryHeaders(delivery, endpoint, { body, nowMs: Date.now() });
    return { url: new URL(endpoint.url), headers, body };
  }

  private ageMs({ occurredAt }: ClaimedDelivery): number {
    return Date.parse(this.options.store.clock.now()) - Date.parse(occurredAt);
  }

  private decide(delivery: ClaimedDelivery, result: PostResult): DeliveryOutcome {
    const { id, attempts, endpoint } = delivery;
    const { statusCode = 0, retryAfterMs } = result;
    if (statusCode >= 200 && statusCode < 300) return { status: 'DELIVERED' };
    if (statusCode === 410 || endpoint === undefined) return { status: 'GONE' };
    const pauseMs = pauseBeforeRetry({ id, attempts: attempts + 1, ageMs: this.ageMs(delivery), retryAfterMs });
    return pauseMs === undefined ? { status: 'FAILED' } : { status: 'PENDING', pauseMs };
  }

  /** Neither the log nor a metric has more of an endpoint than its host. */
  private tell(delivery: ClaimedDelivery, attempt: DeliveryAttempt, outcome: DeliveryOutcome): void {
    const { id, jobId, event, endpoint, attempts } = delivery;
    const { statusCode, error } = attempt;
    const durationMs = Math.round(attempt.durationMs);
    const facts = { id, jobId, event, host: endpoint?.host, attempt: attempts + 1, statusCode, error, durationMs };
    const isDelivered = outcome.status === 'DELIVERED';
    this.options.logger[isDelivered ? 'info' : 'warn']({ ...facts, status: outcome.status }, 'webhook attempt');
    this.options.metrics.observeDelivery({ status: outcome.status, durationMs: attempt.durationMs });
  }
}

function describe({ statusCode, error }: PostResult): Pick<DeliveryAttempt, 'statusCode' | 'error'> {
  if (statusCode === undefined) return { error: error ?? 'no answer' };
  if (statusCode >= 200 && statusCode < 300) return { statusCode };
  const isRedirect = statusCode >= 300 && statusCode < 400;
  return {
    statusCode,
    error: isRedirect ? `status ${statusCode}: redirects are not followed` : `status ${statusCode}`,
  };
}
