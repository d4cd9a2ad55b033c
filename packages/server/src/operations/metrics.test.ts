import { expect, test } from 'vitest';
import { createMetrics } from './metrics.js';

const NOW_MS = Date.parse('2026-01-01T00:01:00Z');

const COUNTS = {
  byStatus: { PENDING: 3, RUNNING: 2, COMPLETED: 40, FAILED: 1, CANCELLED: 0 },
  oldestPending: '2026-01-01T00:00:00.000000Z',
};

function makeMetrics(counts: unknown = COUNTS) {
  return createMetrics({
    store: { jobs: { counts: async () => counts }, nowMs: () => NOW_MS } as never,
    restarts: () => 4,
  });
}

test('tells the state of the queue at the time of asking', async () => {
  const scraped = await makeMetrics().scrape();
  expect(scraped).toContain('docket_jobs{status="PENDING"} 3');
  expect(scraped).toContain('docket_jobs{status="COMPLETED"} 40');
  expect(scraped).toContain('docket_queue_depth 3');
  expect(scraped).toMatch(/^docket_queue_oldest_age_seconds 60$/m);
  expect(scraped).toContain('process_cpu_seconds_total');
});

test('tells the age of what waits to be delivered by the clock of the store', async () => {
  const deliveries = { counts: async () => ({ pending: 2, oldestPending: '2026-01-01T00:00:30.000000Z' }) };
  const store = { jobs: { counts: async () => COUNTS }, deliveries, nowMs: () => NOW_MS } as never;
  const scraped = await createMetrics({ store, restarts: () => 0, hasWebhooks: true }).scrape();
  expect(scraped).toContain('docket_webhooks_pending 2');
  expect(scraped).toMatch(/^docket_webhooks_oldest_age_seconds 30$/m);
});

test('an empty queue has no age', async () => {
  expect(await makeMetrics({ byStatus: COUNTS.byStatus }).scrape()).toContain('docket_queue_oldest_age_seconds 0');
});

test('counts what ends, and restarts as they are', async () => {
  const metrics = makeMetrics();
  metrics.countEnded('COMPLETED');
  metrics.countEnded('COMPLETED');
  metrics.observeClassification({ readMs: 20, scoreMs: 3 });
  metrics.observeReading({ readMs: 30 });
  await metrics.scrape();
  const scraped = await metrics.scrape();
  expect(scraped).toContain('docket_jobs_ended_total{status="COMPLETED"} 2');
  expect(scraped).toContain('docket_extraction_seconds_sum 0.05');
  expect(scraped).toContain('docket_scoring_seconds_count 1');
  expect(scraped).toContain('docket_worker_restarts_total 4');
});

test('servers share no metrics', async () => {
  makeMetrics().countEnded('FAILED');
  expect(await makeMetrics().scrape()).not.toContain('status="FAILED"} 1\n# HELP docket_jobs_ended');
});
