import { randomUUID } from 'node:crypto';
import type {
  ConfigurationChange,
  ConfigurationQuery,
  ConfigurationStore,
  ConfigurationUpdate,
  NewConfiguration,
  SavedConfiguration,
} from '../ports/configuration-store.js';
import type { ListPart } from '../ports/listing.js';
import {
  CONFIGURATION_COLUMNS as COLUMNS,
  type ConfigurationRow,
  toConfiguration,
} from '../rows/configuration-rows.js';
import { condition } from '../rows/list-conditions.js';
import { listPart, ofProject, oneOf } from './list-part.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';

const IDENTIFIED = 'id = @id AND (@projectId::text IS NULL OR project_id = @projectId)';

const STATEMENTS = {
  insert: `INSERT INTO configurations (${COLUMNS})
    VALUES (@id, @projectId, @name, @productType, @parameters, @now, @now)
    ON CONFLICT (project_id, product_type, name) DO NOTHING
    RETURNING ${COLUMNS}`,
  lockNamed: `SELECT ${COLUMNS} FROM configurations
    WHERE project_id = @projectId AND product_type = @productType AND name = @name FOR UPDATE`,
  get: `SELECT ${COLUMNS} FROM configurations WHERE ${IDENTIFIED}`,
  lock: `SELECT ${COLUMNS} FROM configurations WHERE ${IDENTIFIED} FOR UPDATE`,
  update: `UPDATE configurations SET name = @name, parameters = @parameters, updated_at = @now WHERE id = @id
      AND NOT EXISTS (SELECT 1 FROM configurations AS other
        WHERE other.project_id = @projectId AND other.product_type = @productType AND other.name = @name AND other.id <> @id)
    RETURNING ${COLUMNS}`,
  delete: `DELETE FROM configurations WHERE ${IDENTIFIED}`,
};

const UNIQUE_VIOLATION = '23505';

/** Saved configurations in PostgreSQL. */
export class PostgresConfigurationStore implements ConfigurationStore {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  async save({ projectId, name, productType, parameters }: NewConfiguration): Promise<SavedConfiguration> {
    const values = { projectId, name, productType, parameters: JSON.stringify(parameters) };
    return this.#context.database.transaction(async (transaction) => {
      // One that is deleted between the two is made anew.
      while (true) {
        const made = { ...values, id: `cfg-${randomUUID()}`, now: this.#context.clock.now() };
        const inserted = await transaction.get<ConfigurationRow>(STATEMENTS.insert, made);
        if (inserted !== undefined) return toConfiguration(inserted);
        const before = await transaction.get<ConfigurationRow>(STATEMENTS.lockNamed, values);
        const updated = before && (await this.#update(before, values, transaction));
        if (updated !== undefined) return toConfiguration(updated);
      }
    });
  }

  async get(id: string, projectId?: string): Promise<SavedConfiguration | undefined> {
    const row = await this.#context.database.get<ConfigurationRow>(STATEMENTS.get, { id, projectId });
    return row && toConfiguration(row);
  }

  list({ projectId, productTypes, name, ...window }: ConfigurationQuery): Promise<ListPart<SavedConfiguration>> {
    return listPart<ConfigurationRow, SavedConfiguration>(this.#context.database, {
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
    try {
      return await this.#context.database.transaction(async (transaction): Promise<ConfigurationUpdate> => {
        const before = await transaction.get<ConfigurationRow>(STATEMENTS.lock, { id, projectId });
        if (before === undefined) return { outcome: 'unknown' };
        const name = change.name ?? before.name;
        const parameters = change.parameters === undefined ? before.parameters : JSON.stringify(change.parameters);
        const row = await this.#update(before, { name, parameters }, transaction);
        return row ? { outcome: 'updated', configuration: toConfiguration(row) } : { outcome: 'name_taken' };
      });
    } catch (error) {
      // Another took the name at the same moment.
      if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)
        return { outcome: 'name_taken' };
      throw error;
    }
  }

  async delete(id: string, projectId?: string): Promise<boolean> {
    return (await this.#context.database.run(STATEMENTS.delete, { id, projectId })) === 1;
  }

  /** Changes a row that is locked. @returns Undefined when another has the name */
  async #update(
    before: ConfigurationRow,
    change: { readonly name: string; readonly parameters: string },
    transaction: PostgresTransaction,
  ) {
    const { clock } = this.#context;
    // It is also the version, and must change whatever the clocks of other machines said.
    clock.passOver(before.updated_at);
    const { id, project_id: projectId, product_type: productType } = before;
    return transaction.get<ConfigurationRow>(STATEMENTS.update, {
      ...change,
      id,
      projectId,
      productType,
      now: clock.now(),
    });
  }
}
