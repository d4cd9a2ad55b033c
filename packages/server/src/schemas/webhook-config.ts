import type { SavedWebhook } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { list, literal } from '../http/fields.js';
import { HIDDEN_VALUE, hidePassword } from '../http/hidden-values.js';
import { momentSchema, orNull } from './listing.js';
import { webhookHeaders, webhookText, webhookUrl } from './webhook-fields.js';

/** Every event that the cloud knows; `classify.*` but `classify.partial_success` happen here. */
const EVENTS = [
  ...ofProduct('batch', 'cancelled', 'error', 'pending', 'running', 'success'),
  ...ofProduct('classify', 'cancelled', 'error', 'partial_success', 'pending', 'running', 'success'),
  ...ofProduct('extract', 'cancelled', 'error', 'partial_success', 'pending', 'success'),
  ...ofProduct('parse', 'cancelled', 'error', 'partial_success', 'pending', 'running', 'success'),
  ...ofProduct('sheets', 'cancelled', 'error', 'partial_success', 'pending', 'success'),
  ...ofProduct('split', 'cancelled', 'error', 'pending', 'processing', 'success'),
];

const FORMATS = ['json', 'string'] as const;

const changeableFields = {
  webhook_events: list(literal('unmapped_event', ...EVENTS), { min: 1 })
    .nullish()
    .describe('Null: all events.'),
  webhook_output_format: literal(...FORMATS).nullish(),
  webhook_signing_secret: webhookText().nullish().describe('Never answered.'),
};

/** A webhook configuration to save. */
export const createWebhookBodySchema = z
  .object({
    webhook_url: webhookUrl({ min: 1, mayBeHidden: false }),
    webhook_headers: webhookHeaders({ mayBeHidden: false }).nullish(),
    ...changeableFields,
  })
  .openapi('CreateWebhookConfig');

/** A change of a saved webhook configuration: what is absent stays. */
export const updateWebhookBodySchema = z
  .object({
    webhook_url: webhookUrl({ min: 1, mayBeHidden: true }).nullish(),
    webhook_headers: webhookHeaders({ mayBeHidden: true }).nullish(),
    ...changeableFields,
  })
  .openapi('UpdateWebhookConfig');

/** A webhook configuration to save. */
export type CreateWebhookBody = z.output<typeof createWebhookBodySchema>;

/** A change of a saved webhook configuration. */
export type UpdateWebhookBody = z.output<typeof updateWebhookBodySchema>;

/** A saved webhook configuration, as it is answered. */
export const webhookConfigSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'whc-4f0d3a52-7c1e-4b5f-9a39-6d2e8f0b1c73' }),
    has_secret: z.boolean(),
    tenant_id: z.string().describe('The project.'),
    tenant_type: z.literal('project'),
    webhook_url: z
      .string()
      .describe('A password in it is answered as `********`; given back like that, it stays as it is.'),
    webhook_events: orNull(z.array(z.string())),
    webhook_headers: orNull(z.record(z.string(), z.string())).describe(
      'Values of headers that carry credentials are answered as `********`; given back like that, they stay as they are.',
    ),
    webhook_output_format: z.enum(FORMATS),
    created_at: momentSchema,
    updated_at: momentSchema,
  })
  .openapi('WebhookConfig');

/** All saved webhook configurations of a project. */
export const webhookConfigListSchema = z.array(webhookConfigSchema).openapi('WebhookConfigList');

const SECRET_HEADER = /auth|cookie|token|key|secret|passw|signature|credential|session/i;

/** Writes a saved webhook configuration for the wire, without what is secret. */
export function serialiseWebhook(webhook: SavedWebhook): z.input<typeof webhookConfigSchema> {
  const headers = Object.entries(webhook.headers).map(([name, value]) => [
    name,
    SECRET_HEADER.test(name) ? HIDDEN_VALUE : value,
  ]);
  return {
    id: webhook.id,
    has_secret: webhook.secret !== null,
    tenant_id: webhook.projectId,
    tenant_type: 'project',
    webhook_url: hidePassword(webhook.url),
    webhook_events: webhook.events === null ? null : [...webhook.events],
    webhook_headers: headers.length === 0 ? null : Object.fromEntries(headers),
    webhook_output_format: webhook.format,
    created_at: webhook.createdAt,
    updated_at: webhook.updatedAt,
  };
}

function ofProduct(product: string, ...ends: readonly string[]): string[] {
  return ends.map((end) => `${product}.${end}`);
}
