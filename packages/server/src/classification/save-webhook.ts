import type { DocketError } from '@docket/core';
import type { SavedWebhook, WebhookChange } from '@docket/store';
import { invalidBody } from '../http/errors.js';
import { HIDDEN_VALUE, hasHiddenPassword, hideAt } from '../http/hidden-values.js';
import { valueErrorEntry } from '../http/validation-entry.js';
import type { CreateWebhookBody, UpdateWebhookBody } from '../schemas/webhook-config.js';
import { HIDDEN } from '../schemas/webhook-fields.js';
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
  const change = (before: SavedWebhook): WebhookChange => changeOf(before, body);
  return found(await store.webhooks.update(id, change, projectId), 'Webhook configuration');
}

function changeOf(before: SavedWebhook, body: UpdateWebhookBody): WebhookChange {
  const { webhook_url, webhook_headers, webhook_events, webhook_output_format, webhook_signing_secret } = body;
  return {
    ...(webhook_url ? placeOf(mergeUrl(before.url, checkUrl(webhook_url))) : {}),
    ...(webhook_headers === undefined ? {} : { headers: mergeHeaders(before.headers, webhook_headers ?? {}) }),
    ...(webhook_events === undefined ? {} : { events: webhook_events }),
    ...(webhook_output_format === undefined ? {} : { format: webhook_output_format ?? 'string' }),
    ...(webhook_signing_secret === undefined ? {} : { secret: webhook_signing_secret || null }),
  };
}

function placeOf(url: string): Pick<WebhookChange, 'url' | 'host'> {
  return { url, host: hostOf(url) };
}

/** A password that was hidden in the answer, and is given back hidden, is the one that was there. */
function mergeUrl(before: string, given: string): string {
  if (!hasHiddenPassword(given)) return given;
  const { password } = URL.canParse(before) ? new URL(before) : { password: '' };
  if (password === '') throw hiddenValue('webhook_url', given);
  const url = new URL(given);
  url.password = password;
  return url.href;
}

/** The same for values of headers, whose names differ in case alone. */
function mergeHeaders(
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const known = new Map(Object.entries(before).map(([name, value]) => [name.toLowerCase(), value]));
  const merge = ([name, value]: [string, string]): [string, string] => {
    if (value !== HIDDEN_VALUE) return [name, value];
    const hidden = before[name] ?? known.get(name.toLowerCase());
    if (hidden === undefined) throw hiddenValue('webhook_headers', value, name);
    return [name, hidden];
  };
  return Object.fromEntries(Object.entries(given).map(merge));
}

function hiddenValue(field: string, input: string, ...rest: readonly string[]): DocketError {
  const loc = ['body', field, ...rest];
  return invalidBody([{ ...HIDDEN, loc, input: hideAt(loc, input) }]);
}

function checkUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw invalidBody([valueErrorEntry(['body', 'webhook_url'], 'webhook_url must be an http or https URL', text)]);
}
