import { randomUUID } from 'node:crypto';
import type { NewWebhook, SavedWebhook, WebhookChange, WebhookStore } from '../ports/webhook-store.js';
import {
  WEBHOOK_COLUMNS as COLUMNS,
  changedValues,
  toWebhook,
  toWebhookValues,
  type WebhookRow,
} from '../rows/webhook-rows.js';
import type { PostgresContext } from './postgres-context.js';

const IDENTIFIED = 'id = @id AND (@projectId::text IS NULL OR project_id = @projectId)';

const STATEMENTS = {
  create: `INSERT INTO webhooks (${COLUMNS})
    VALUES (@id, @projectId, @url, @host, @headers, @events, @format, @secret, @now, @now)
    RETURNING ${COLUMNS}`,
  get: `SELECT ${COLUMNS} FROM webhooks WHERE ${IDENTIFIED}`,
  lock: `SELECT ${COLUMNS} FROM webhooks WHERE ${IDENTIFIED} FOR UPDATE`,
  list: `SELECT ${COLUMNS} FROM webhooks WHERE project_id = @projectId ORDER BY created_at DESC, id DESC`,
  update: `UPDATE webhooks SET url = @url, host = @host, headers = @headers, events = @events, format = @format,
      secret = @secret, updated_at = @now
    WHERE id = @id
    RETURNING ${COLUMNS}`,
  delete: `DELETE FROM webhooks WHERE ${IDENTIFIED}`,
};

/** Saved endpoints of webhooks in PostgreSQL. */
export class PostgresWebhookStore implements WebhookStore {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  async create(webhook: NewWebhook): Promise<SavedWebhook> {
    const { database, clock } = this.#context;
    const values = { ...toWebhookValues(webhook), id: `whc-${randomUUID()}`, now: clock.now() };
    return toWebhook(await database.getOne<WebhookRow>(STATEMENTS.create, values));
  }

  async get(id: string, projectId?: string): Promise<SavedWebhook | undefined> {
    const row = await this.#context.database.get<WebhookRow>(STATEMENTS.get, { id, projectId });
    return row && toWebhook(row);
  }

  async list(projectId: string): Promise<readonly SavedWebhook[]> {
    return (await this.#context.database.all<WebhookRow>(STATEMENTS.list, { projectId })).map(toWebhook);
  }

  async update(
    id: string,
    change: WebhookChange | ((before: SavedWebhook) => WebhookChange),
    projectId?: string,
  ): Promise<SavedWebhook | undefined> {
    const { database, clock } = this.#context;
    return database.transaction(async (transaction) => {
      const before = await transaction.get<WebhookRow>(STATEMENTS.lock, { id, projectId });
      if (before === undefined) return undefined;
      // The clocks of machines differ, and time must not go back.
      clock.passOver(before.updated_at);
      const values = { ...changedValues(toWebhook(before), change), id, now: clock.now() };
      return toWebhook(await transaction.getOne<WebhookRow>(STATEMENTS.update, values));
    });
  }

  async delete(id: string, projectId?: string): Promise<boolean> {
    return (await this.#context.database.run(STATEMENTS.delete, { id, projectId })) === 1;
  }
}
