import type { NewWebhook, SavedWebhook, WebhookChange, WebhookFormat } from '../ports/webhook-store.js';

/** A saved endpoint as a database holds it: what {@link WEBHOOK_COLUMNS} reads. */
export interface WebhookRow {
  readonly id: string;
  readonly project_id: string;
  readonly url: string;
  readonly host: string;
  readonly headers: string;
  readonly events: string | null;
  readonly format: WebhookFormat;
  readonly secret: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The columns of {@link WebhookRow}. */
export const WEBHOOK_COLUMNS = 'id, project_id, url, host, headers, events, format, secret, created_at, updated_at';
/** An endpoint as the values of its columns. */
export function toWebhookValues({ projectId, url, host, headers, events, format, secret }: NewWebhook) {
  const json = { headers: JSON.stringify(headers), events: events === null ? null : JSON.stringify(events) };
  return { projectId, url, host, format, secret, ...json };
}

/** The values of an endpoint that is changed. */
export function changedValues(before: SavedWebhook, change: WebhookChange | ((before: SavedWebhook) => WebhookChange)) {
  return toWebhookValues({ ...before, ...(typeof change === 'function' ? change(before) : change) });
}

/** The saved endpoint of a row. */
export function toWebhook(row: WebhookRow): SavedWebhook {
  return {
    id: row.id,
    projectId: row.project_id,
    url: row.url,
    host: row.host,
    headers: JSON.parse(row.headers),
    events: row.events === null ? null : JSON.parse(row.events),
    format: row.format,
    secret: row.secret,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
