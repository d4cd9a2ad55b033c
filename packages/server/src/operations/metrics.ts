import type { DeliveryStatus, JobStatus, Store } from '@docket/store';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { makeWebhookMetrics } from './webhook-metrics.js';

/** A request that was answered. */
export interface RequestObservation {
  readonly method: string;
  /** Pattern of the route, never the path. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

/** What is measured, and its state in the format of Prometheus. */
export interface Metrics {
  observeRequest(request: RequestObservation): void;
  /** A document was read, and nothing else. */
  observeReading(timings: { readonly readMs: number }): void;
  /** A document was classified: how long its reading and its scoring took. */
  observeClassification(timings: { readonly readMs: number; readonly scoreMs: number }): void;
  countEnded(status: JobStatus): void;
  /** An attempt to deliver a webhook was made: what became of the delivery, and how long it took. */
  observeDelivery(attempt: { readonly status: DeliveryStatus; readonly durationMs: number }): void;
  scrape(): Promise<string>;
  /** Media type of what `scrape` gives. */
  readonly contentType: string;
}

/** What metrics are read from when they are asked for. */
export interface MetricsOptions {
  readonly store: Pick<Store, 'jobs' | 'cluster' | 'nowMs'> & Partial<Pick<Store, 'deliveries'>>;
  /** Whether webhooks are delivered. @default false */
  readonly hasWebhooks?: boolean;
  /** Worker processes that were replaced so far. */
  readonly restarts: () => number;
}

const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const WORK_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Makes the metrics of one server; two servers in a process do not share any. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = makeRequestHistogram(registry);
  const work = makeWorkMetrics(registry);
  const refreshJobs = makeJobGauges(registry, options);
  const refreshWorkers = makeWorkerGauge(registry, options);
  const webhooks = options.hasWebhooks ? makeWebhookMetrics(registry, options.store) : undefined;
  return {
    observeRequest: ({ method, route, status, durationMs }) =>
      requests.observe({ method, route, status }, durationMs / 1000),
    observeReading: ({ readMs }) => work.extraction.observe(readMs / 1000),
    observeClassification: ({ readMs, scoreMs }) => {
      work.extraction.observe(readMs / 1000);
      work.scoring.observe(scoreMs / 1000);
    },
    countEnded: (status) => work.ended.inc({ status }),
    observeDelivery: (attempt) => webhooks?.observe(attempt),
    scrape: async () => {
      await refreshJobs();
      await refreshWorkers();
      await webhooks?.refresh();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function makeRequestHistogram(registry: Registry) {
  return new Histogram({
    name: 'docket_http_request_seconds',
    help: 'Time from a request to the end of its answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [registry],
  });
}

function makeWorkMetrics(registry: Registry) {
  const registers = [registry];
  return {
    extraction: new Histogram({
      name: 'docket_extraction_seconds',
      help: 'Time that reading the text of a document took',
      buckets: WORK_BUCKETS,
      registers,
    }),
    scoring: new Histogram({
      name: 'docket_scoring_seconds',
      help: 'Time that scoring a document against its rules took',
      buckets: WORK_BUCKETS,
      registers,
    }),
    ended: new Counter({
      name: 'docket_jobs_ended_total',
      help: 'Jobs that ended since the server started',
      labelNames: ['status'],
      registers,
    }),
  };
}

/** Makes what is read from the store. @returns Reads it anew */
function makeJobGauges(registry: Registry, { store, restarts }: MetricsOptions): () => Promise<void> {
  const registers = [registry];
  const jobs = new Gauge({ name: 'docket_jobs', help: 'Jobs kept, by status', labelNames: ['status'], registers });
  const depth = new Gauge({ name: 'docket_queue_depth', help: 'Jobs that wait', registers });
  const age = new Gauge({
    name: 'docket_queue_oldest_age_seconds',
    help: 'How long the oldest waiting job has waited; 0 when none waits',
    registers,
  });
  const restarted = new Counter({
    name: 'docket_worker_restarts_total',
    help: 'Engine processes that were ended or lost since the server started',
    registers,
  });
  return async () => {
    const { byStatus, oldestPending } = await store.jobs.counts();
    for (const [status, count] of Object.entries(byStatus)) jobs.set({ status }, count);
    depth.set(byStatus.PENDING);
    age.set(oldestPending === undefined ? 0 : Math.max(0, store.nowMs() - Date.parse(oldestPending)) / 1000);
    restarted.reset();
    restarted.inc(restarts());
  };
}

/** Makes what is known of workers, where several processes share the store. @returns Reads it anew */
function makeWorkerGauge(registry: Registry, { store: { cluster } }: MetricsOptions): () => Promise<void> {
  if (!cluster) return async () => {};
  const workers = new Gauge({
    name: 'docket_workers',
    help: 'Workers that are alive, by version, engine and models',
    labelNames: ['version', 'engine', 'models'],
    registers: [registry],
  });
  return async () => {
    const alive = (await cluster.workers()).filter(({ isAlive, concurrency }) => isAlive && concurrency > 0);
    workers.reset();
    for (const { version, engine, models } of alive) {
      workers.inc({ version, engine: engine ?? 'starting', models: models.join(',') });
    }
  };
}
