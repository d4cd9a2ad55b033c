import type { DeliveryStatus, Store } from '@docket/store';
import { Gauge, Histogram, type Registry } from 'prom-client';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is measured of webhooks; the state of the outbox is read by `refresh`. */
export function makeWebhookMetrics(
  registry: Registry,
  store: Pick<Store, 'nowMs'> & Partial<Pick<Store, 'deliveries'>>,
) {
  const registers = [registry];
  const attempts = new Histogram({
    name: 'docket_webhook_attempt_seconds',
    help: 'Time that attempts to deliver a webhook took, by what became of the delivery',
    labelNames: ['status'],
    buckets: BUCKETS,
    registers,
  });
  const pending = new Gauge({ name: 'docket_webhooks_pending', help: 'Webhook deliveries that wait', registers });
  const age = new Gauge({
    name: 'docket_webhooks_oldest_age_seconds',
    help: 'How long the oldest event that waits to be delivered has waited; 0 when none waits',
    registers,
  });
  return {
    observe: ({ status, durationMs }: { readonly status: DeliveryStatus; readonly durationMs: number }) =>
      attempts.observe({ status }, durationMs / 1000),
    refresh: async () => {
      const counts = await store.deliveries?.counts();
      pending.set(counts?.pending ?? 0);
      const oldest = counts?.oldestPending;
      age.set(oldest === undefined ? 0 : Math.max(0, store.nowMs() - Date.parse(oldest)) / 1000);
    },
  };
}
