import { randomUUID } from 'node:crypto';
import type {
  ConfigurationChange,
  ConfigurationQuery,
  ConfigurationStore,
  ConfigurationUpdate,
  NewConfiguration,
  SavedConfiguration,
} from '../ports/configuration-store.js';
import type { Clock } from '../ports/instant.js';
import type { ListPart } from '../ports/listing.js';
import {
  CONFIGURATION_COLUMNS as COLUMNS,
  type ConfigurationRow,
  toConfiguration,
} from '../rows/configuration-rows.js';
import { condition } from '../rows/list-conditions.js';
import type { SqliteDatabase } from './database.js';
import { listPart, ofProject, oneOf } from './list-part.js';
import type { SqliteContext } from './sqlite-context.js';

const IDENTIFIED = 'id = @id AND (@projectId IS NULL OR project_id = @projectId)';

const STATEMENTS = {
  save: `INSERT INTO configurations (${COLUMNS})
    VALUES (@id, @projectId, @name, @productType, @parameters, @now, @now)
    ON CONFLICT (project_id, product_type, name) DO UPDATE SET parameters = @parameters, updated_at = @now
    RETURNING ${COLUMNS}`,
  get: `SELECT ${COLUMNS} FROM configurations WHERE ${IDENTIFIED}`,
  nameTaken: `SELECT id FROM configurations
    WHERE project_id = @projectId AND product_type = @productType AND name = @name AND id <> @id`,
  update: `UPDATE configurations SET name = @name, parameters = @parameters, updated_at = @now WHERE id = @id
    RETURNING ${COLUMNS}`,
  delete: `DELETE FROM configurations WHERE ${IDENTIFIED}`,
};

/** Saved configurations in SQLite. */
export class SqliteConfigurationStore implements ConfigurationStore {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor({ database, clock }: SqliteContext) {
    this.#database = database;
    this.#clock = clock;
  }

  async save({ projectId, name, productType, parameters }: NewConfiguration): Promise<SavedConfiguration> {
    const values = { id: `cfg-${randomUUID()}`, projectId, name, productType, parameters: JSON.stringify(parameters) };
    return this.#database.writeDurably(() => this.#change(STATEMENTS.save, values));
  }

  async get(id: string, projectId?: string): Promise<SavedConfiguration | undefined> {
    const row = this.#database.get<ConfigurationRow>(STATEMENTS.get, { id, projectId: projectId ?? null });
    return row && toConfiguration(row);
  }

  async list({ projectId, productTypes, name, ...window }: ConfigurationQuery): Promise<ListPart<SavedConfiguration>> {
    return listPart<ConfigurationRow, SavedConfiguration>(this.#database, {
      table: 'configurations',
      columns: COLUMNS,
      conditions: [
        ofProject(projectId),
        oneOf('product_type', 'productTypes', productTypes),
        condition('name = @name', 'name', name),
      ],
      order: ['created_at', 'id'],
      direction: 'DESC',
      window,
      toItem: toConfiguration,
    });
  }

  async update(id: string, change: ConfigurationChange, projectId?: string): Promise<ConfigurationUpdate> {
    return this.#database.writeDurably(() => {
      const row = this.#database.get<ConfigurationRow>(STATEMENTS.get, { id, projectId: projectId ?? null });
      if (row === undefined) return { outcome: 'unknown' };
      const name = change.name ?? row.name;
      const parameters = change.parameters === undefined ? row.parameters : JSON.stringify(change.parameters);
      const place = { id, name, projectId: row.project_id, productType: row.product_type };
      if (this.#database.get(STATEMENTS.nameTaken, place) !== undefined) return { outcome: 'name_taken' };
      return { outcome: 'updated', configuration: this.#change(STATEMENTS.update, { id, name, parameters }) };
    });
  }

  async delete(id: string, projectId?: string): Promise<boolean> {
    const parameters = { id, projectId: projectId ?? null };
    return this.#database.writeDurably(() => this.#database.run(STATEMENTS.delete, parameters) === 1);
  }

  #change(sql: string, values: Readonly<Record<string, string>>): SavedConfiguration {
    const now = this.#clock.now();
    return toConfiguration(this.#database.getOne<ConfigurationRow>(sql, { ...values, now }));
  }
}
