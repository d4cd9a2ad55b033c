import type { SavedWebhook, WebhookChange } from '@docket/store';
import { invalidBody } from '../http/errors.js';
import { valueErrorEntry } from '../http/validation-entry.js';
import { type CreateWebhookBody, HIDDEN_VALUE, type UpdateWebhookBody } from '../schemas/webhook-config.js';
import type { Services } from '../services.js';
import { hostOf } from './read-webhooks.js';
import { found } from './scope.js';

/** Saves a webhook configuration. @throws DocketError `request.invalid_body` for what is no URL that could be called */
export function createWebhook(
  { store }: Services,
  { projectId, body }: { readonly projectId: string; readonly body: CreateWebhookBody },
): Promise<SavedWebhook> {
  const url = checkUrl(body.webhook_url);
  return store.webhooks.create({
    projectId,
    url,
    host: hostOf(url),
    headers: body.webhook_headers ?? {},
    events: body.webhook_events ?? null,
    format: body.webhook_output_format ?? 'string',
    secret: body.webhook_signing_secret || null,
  });
}

/** A change of a saved webhook configuration. */
export interface UpdateWebhookRequest {
  readonly id: string;
  /** When given, configurations of other projects are unknown. */
  readonly projectId: string | undefined;
  readonly body: UpdateWebhookBody;
}

/**
 * Changes a saved webhook configuration; what is under way to it goes by the new one. Null resets what may be empty.
 * @throws DocketError `resource.not_found`, `request.invalid_body`
 */
export async function updateWebhook({ store }: Services, request: UpdateWebhookRequest): Promise<SavedWebhook> {
  const { id, projectId, body } = request;
  const before = found(await store.webhooks.get(id, projectId), 'Webhook configuration');
  const { webhook_url, webhook_headers, webhook_events, webhook_output_format, webhook_signing_secret } = body;
  const url = webhook_url ? checkUrl(webhook_url) : before.url;
  const change: WebhookChange = {
    url,
    host: hostOf(url),
    ...(webhook_headers === undefined ? {} : { headers: mergeHeaders(before.headers, webhook_headers ?? {}) }),
    ...(webhook_events === undefined ? {} : { events: webhook_events }),
    ...(webhook_output_format === undefined ? {} : { format: webhook_output_format ?? 'string' }),
    ...(webhook_signing_secret === undefined ? {} : { secret: webhook_signing_secret || null }),
  };
  return found(await store.webhooks.update(id, change, projectId), 'Webhook configuration');
}

/** A value that was hidden in the answer, and is given back hidden, is the one that was there. */
function mergeHeaders(
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const entries = Object.entries(given);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value === HIDDEN_VALUE ? (before[name] ?? value) : value]),
  );
}

function checkUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw invalidBody([valueErrorEntry(['body', 'webhook_url'], 'webhook_url must be an http or https URL', text)]);
}
