import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/instant.js';
import type { NewWebhook, SavedWebhook, WebhookChange, WebhookStore } from '../ports/webhook-store.js';
import {
  WEBHOOK_COLUMNS as COLUMNS,
  changedValues,
  toWebhook,
  toWebhookValues,
  type WebhookRow,
} from '../rows/webhook-rows.js';
import type { SqliteDatabase } from './database.js';
import type { SqliteContext } from './sqlite-context.js';

const IDENTIFIED = 'id = @id AND (@projectId IS NULL OR project_id = @projectId)';

const STATEMENTS = {
  create: `INSERT INTO webhooks (${COLUMNS})
    VALUES (@id, @projectId, @url, @host, @headers, @events, @format, @secret, @now, @now)
    RETURNING ${COLUMNS}`,
  get: `SELECT ${COLUMNS} FROM webhooks WHERE ${IDENTIFIED}`,
  list: `SELECT ${COLUMNS} FROM webhooks WHERE project_id = @projectId ORDER BY created_at DESC, id DESC`,
  update: `UPDATE webhooks SET url = @url, host = @host, headers = @headers, events = @events, format = @format,
      secret = @secret, updated_at = @now
    WHERE id = @id
    RETURNING ${COLUMNS}`,
  delete: `DELETE FROM webhooks WHERE ${IDENTIFIED}`,
};

/** Saved endpoints of webhooks in SQLite. */
export class SqliteWebhookStore implements WebhookStore {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor({ database, clock }: SqliteContext) {
    this.#database = database;
    this.#clock = clock;
  }

  async create(webhook: NewWebhook): Promise<SavedWebhook> {
    const values = { ...toWebhookValues(webhook), id: `whc-${randomUUID()}` };
    return this.#database.writeDurably(() =>
      toWebhook(this.#database.getOne<WebhookRow>(STATEMENTS.create, { ...values, now: this.#clock.now() })),
    );
  }

  async get(id: string, projectId?: string): Promise<SavedWebhook | undefined> {
    return this.find(id, projectId);
  }

  async list(projectId: string): Promise<readonly SavedWebhook[]> {
    return this.#database.all<WebhookRow>(STATEMENTS.list, { projectId }).map(toWebhook);
  }

  async update(
    id: string,
    change: WebhookChange | ((before: SavedWebhook) => WebhookChange),
    projectId?: string,
  ): Promise<SavedWebhook | undefined> {
    return this.#database.writeDurably(() => {
      const before = this.find(id, projectId);
      if (before === undefined) return undefined;
      const parameters = { ...changedValues(before, change), id, now: this.#clock.now() };
      return toWebhook(this.#database.getOne<WebhookRow>(STATEMENTS.update, parameters));
    });
  }

  async delete(id: string, projectId?: string): Promise<boolean> {
    const parameters = { id, projectId: projectId ?? null };
    return this.#database.writeDurably(() => this.#database.run(STATEMENTS.delete, parameters) === 1);
  }

  /** {@link get}, within a write. */
  find(id: string, projectId?: string): SavedWebhook | undefined {
    const row = this.#database.get<WebhookRow>(STATEMENTS.get, { id, projectId: projectId ?? null });
    return row && toWebhook(row);
  }
}
