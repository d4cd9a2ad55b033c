import type { SavedConfiguration } from '../ports/configuration-store.js';

/** A saved configuration as a database holds it: what {@link CONFIGURATION_COLUMNS} reads. */
export interface ConfigurationRow {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly product_type: string;
  readonly parameters: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The columns of {@link ConfigurationRow}. */
export const CONFIGURATION_COLUMNS = 'id, project_id, name, product_type, parameters, created_at, updated_at';

/** The configuration of a row. */
export function toConfiguration(row: ConfigurationRow): SavedConfiguration {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    productType: row.product_type,
    parameters: JSON.parse(row.parameters),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
