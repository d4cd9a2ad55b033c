import type { ClassifyConfiguration, SavedConfiguration } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { flag, list, literal, text } from '../http/fields.js';
import {
  configurationBodyFields,
  configurationBodySchema,
  configurationFields,
  parseConfiguration,
} from './classify-configuration.js';
import { momentSchema, pageSchema } from './listing.js';
import { pagingFields, scopeQuerySchema } from './scope.js';

const OTHER_PRODUCT_TYPES = ['extract_v2', 'parse_v2', 'split_v1', 'spreadsheet_v1', 'unknown'] as const;

/** Parameters of other products: kept as they are given, for nothing here uses them. */
const otherParametersSchema = z.looseObject({ product_type: z.enum(OTHER_PRODUCT_TYPES) }).openapi('OtherParameters');

const parametersBodySchema = z.discriminatedUnion('product_type', [
  z.object({ product_type: z.literal('classify_v2'), ...configurationBodyFields }).openapi('ClassifyParametersInput'),
  otherParametersSchema,
]);

/** A configuration to save. */
export const saveConfigurationBodySchema = z
  .object({ name: text({ min: 1, max: 255 }), parameters: parametersBodySchema })
  .openapi('SaveConfiguration');

/** A change of a saved configuration: what is absent or null stays. */
export const updateConfigurationBodySchema = z
  .object({ name: text({ min: 1, max: 255 }).nullish(), parameters: parametersBodySchema.nullish() })
  .openapi('UpdateConfiguration');

/** A change of a saved configuration. */
export type UpdateConfigurationBody = z.output<typeof updateConfigurationBodySchema>;

/** Which saved configurations to list. */
export const listConfigurationsQuerySchema = scopeQuerySchema.extend({
  ...pagingFields({ mostItems: 1000 }),
  product_type: list(literal('classify_v2', ...OTHER_PRODUCT_TYPES))
    .optional()
    .describe('Any of these.'),
  name: text().optional(),
  latest_only: flag().optional().describe('Without effect: of each name there is one version.'),
});

const parametersSchema = z.discriminatedUnion('product_type', [
  z.strictObject({ product_type: z.literal('classify_v2'), ...configurationFields }).openapi('ClassifyParameters'),
  otherParametersSchema,
]);

/** A saved configuration, as it is answered. */
export const savedConfigurationSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'cfg-0b1d3c58-64a5-4d0e-9b8f-2f6a7c1e5d90' }),
    name: z.string(),
    product_type: z.string(),
    version: z.string().describe('Changes with every update.'),
    parameters: parametersSchema,
    created_at: momentSchema,
    updated_at: momentSchema,
  })
  .openapi('SavedConfiguration');

/** A list of saved configurations, as it is answered. */
export const savedConfigurationPageSchema = pageSchema('SavedConfigurationPage', savedConfigurationSchema);

/** Writes a saved configuration for the wire. */
export function serialiseSavedConfiguration(saved: SavedConfiguration) {
  return {
    id: saved.id,
    name: saved.name,
    product_type: saved.productType,
    version: saved.updatedAt,
    parameters: saved.parameters,
    created_at: saved.createdAt,
    updated_at: saved.updatedAt,
  };
}

/** What a saved configuration of product type classify_v2 makes a job do. */
export function parseSavedConfiguration({ parameters }: SavedConfiguration): ClassifyConfiguration {
  return parseConfiguration(configurationBodySchema.parse(parameters));
}
