import { DELIVERY_STATUSES, JOB_EVENTS, type TriedDelivery } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { literal, text } from '../http/fields.js';
import { momentSchema, orNull, pageSchema } from './listing.js';
import { pagingFields, scopeQuerySchema } from './scope.js';

/** Which deliveries to list. */
export const listDeliveriesQuerySchema = scopeQuerySchema.extend({
  ...pagingFields({ mostItems: 100 }),
  job_id: text().optional(),
  status: literal(...DELIVERY_STATUSES).optional(),
});

const attemptSchema = z
  .strictObject({
    started_at: momentSchema,
    duration_ms: z.int().min(0),
    status_code: orNull(z.int()).describe('Null when no answer came.'),
    error: orNull(z.string()).describe('Null when it was delivered.'),
  })
  .openapi('WebhookAttempt');

const deliverySchema = z
  .strictObject({
    id: z.string().describe('Also `event_id` and `webhook-id`: the same at every attempt.'),
    job_id: z.string(),
    event: z.enum(JOB_EVENTS),
    url: orNull(z.string()).describe(
      'Without its query and password; null when the webhook configuration was deleted.',
    ),
    status: z.enum(DELIVERY_STATUSES).describe('`FAILED`: given up. `GONE`: the receiver answered 410.'),
    occurred_at: momentSchema,
    next_attempt_at: orNull(momentSchema),
    attempts: z.array(attemptSchema),
  })
  .openapi('WebhookDelivery');

/** A list of deliveries, as it is answered. */
export const deliveryPageSchema = pageSchema('WebhookDeliveryPage', deliverySchema);

/** Writes a delivery for the wire, without what of its URL may be secret. */
export function serialiseDelivery(delivery: TriedDelivery): z.input<typeof deliverySchema> {
  return {
    id: delivery.id,
    job_id: delivery.jobId,
    event: delivery.event,
    url: delivery.url === undefined ? null : withoutSecrets(delivery.url),
    status: delivery.status,
    occurred_at: delivery.occurredAt,
    next_attempt_at: delivery.nextAttemptAt ?? null,
    attempts: delivery.attempts.map(({ startedAt, durationMs, statusCode, error }) => ({
      started_at: startedAt,
      duration_ms: durationMs,
      status_code: statusCode ?? null,
      error: error ?? null,
    })),
  };
}

function withoutSecrets(text: string): string {
  if (!URL.canParse(text)) return '';
  const { protocol, host, pathname, search } = new URL(text);
  return `${protocol}//${host}${pathname}${search === '' ? '' : '?...'}`;
}
