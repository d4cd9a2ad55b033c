import { toInstant } from '../clock.js';
import type { Delivery, DeliveryAttempt, DeliveryStatus, JobEvent, TriedDelivery } from '../ports/delivery-store.js';
import type { JobWebhooks } from '../ports/job-store.js';
import type { WebhookEndpoint } from '../ports/webhook-store.js';

/** A delivery as a database holds it: what {@link DELIVERY_COLUMNS} reads. */
export interface DeliveryRow {
  readonly id: string;
  readonly project_id: string;
  readonly job_id: string;
  readonly target: number;
  readonly event: JobEvent;
  readonly host: string;
  readonly status: DeliveryStatus;
  readonly occurred_at: string;
  readonly due_at: number;
  readonly lease_expires_at: number;
  readonly attempts: number;
}

/** An attempt as a database holds it. */
export interface AttemptRow {
  readonly started_at: string;
  readonly duration_ms: number;
  readonly status_code: number | null;
  readonly error: string | null;
}

/** The columns of {@link DeliveryRow}. */
export const DELIVERY_COLUMNS =
  'id, project_id, job_id, target, event, host, status, occurred_at, due_at, lease_expires_at, attempts';

/** The delivery of a row. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    projectId: row.project_id,
    jobId: row.job_id,
    event: row.event,
    occurredAt: row.occurred_at,
    status: row.status,
  };
}

/** The delivery of a row with all that was tried. */
export function toTriedDelivery(
  row: DeliveryRow,
  { url, attempts }: { readonly url: string | undefined; readonly attempts: readonly AttemptRow[] },
): TriedDelivery {
  const next = row.due_at === 0 ? row.occurred_at : toInstant(row.due_at);
  return {
    ...toDelivery(row),
    ...(url === undefined ? {} : { url }),
    attempts: attempts.map(toAttempt),
    ...(row.status === 'PENDING' ? { nextAttemptAt: next } : {}),
  };
}

function toAttempt(row: AttemptRow): DeliveryAttempt {
  return {
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    ...(row.status_code === null ? {} : { statusCode: row.status_code }),
    ...(row.error === null ? {} : { error: row.error }),
  };
}

/** The endpoint of a target: its own, or the saved one that it names; undefined when that is not there. */
export function findEndpoint<Saved>(
  webhooks: JobWebhooks | null,
  index: number,
  findSaved: (id: string) => Saved,
): WebhookEndpoint | Saved | undefined {
  const target = webhooks?.targets[index];
  if (target === undefined) return undefined;
  return 'endpoint' in target ? target.endpoint : findSaved(target.webhookId);
}
