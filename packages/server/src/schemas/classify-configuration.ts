import type { ClassifyConfiguration } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { list, literal, text } from '../http/fields.js';
import { pageRangeFields } from './page-ranges.js';

const ruleBodySchema = z
  .object({
    type: text({ min: 1, max: 50 }).describe('The label that a matching document gets, byte for byte.'),
    description: text({ min: 10, max: 500 }).describe('What such a document is and what stands on it.'),
  })
  .openapi('ClassifyRuleInput');

const parsingBodySchema = z.object({
  lang: text().default('en').describe('ISO 639-1. A hint: the language is detected.'),
  max_pages: pageRangeFields.max_pages,
  target_pages: pageRangeFields.target_pages,
});

/** Fields of a configuration, as callers send them. Parsing fills the defaults in. */
export const configurationBodyFields = {
  rules: list(ruleBodySchema, { min: 1 }).describe('Rules of equal type are alternatives for one label.'),
  mode: literal('FAST').default('FAST'),
  parsing_configuration: parsingBodySchema.nullable().default(null),
};

/** A configuration, as callers send it. */
export const configurationBodySchema = z.object(configurationBodyFields);

/** A configuration with its defaults filled in. */
export type ConfigurationBody = z.output<typeof configurationBodySchema>;

/** Fields of a configuration, as they are answered. */
export const configurationFields = {
  rules: z.array(z.strictObject({ type: z.string(), description: z.string() }).openapi('ClassifyRule')),
  mode: z.literal('FAST'),
  parsing_configuration: z
    .strictObject({ lang: z.string(), target_pages: z.string().nullable(), max_pages: z.int().min(1).nullable() })
    .nullable(),
};

/** A configuration, as it is answered. */
export const configurationSchema = z.strictObject(configurationFields).openapi('ClassifyConfiguration');

/** Reads a configuration off the wire. */
export function parseConfiguration({ rules, mode, parsing_configuration }: ConfigurationBody): ClassifyConfiguration {
  if (!parsing_configuration) return { rules, mode, parsing: null };
  const { lang, target_pages, max_pages } = parsing_configuration;
  return { rules, mode, parsing: { lang, targetPages: target_pages, maxPages: max_pages } };
}

/** Writes a configuration for the wire. */
export function serialiseConfiguration(configuration: ClassifyConfiguration): z.input<typeof configurationSchema> {
  const { rules, mode, parsing } = configuration;
  return {
    rules: rules.map(({ type, description }) => ({ type, description })),
    mode,
    parsing_configuration: parsing && {
      lang: parsing.lang,
      target_pages: parsing.targetPages,
      max_pages: parsing.maxPages,
    },
  };
}
