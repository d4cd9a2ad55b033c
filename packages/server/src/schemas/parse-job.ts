import { JOB_STATUSES, type ParseJob, type ParsingConfiguration } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { literal, text } from '../http/fields.js';
import { momentSchema } from './listing.js';
import { pageRangeFields } from './page-ranges.js';

const parseConfigurationFields = {
  tier: literal('fast', 'cost_effective', 'agentic', 'agentic_plus').describe('Kept; every tier reads the same way.'),
  version: text({ min: 1 }).describe('Without effect; `latest` is as good as any.'),
  page_ranges: z.object(pageRangeFields).nullish(),
};

/** How an uploaded document is to be read: the part `configuration` of the form, as JSON. */
export const parseConfigurationBodySchema = z.object(parseConfigurationFields);

/** What a parse job is made of. */
export const createParseBodySchema = z
  .object({
    ...parseConfigurationFields,
    file_id: text().nullish(),
    source_url: text().nullish().describe('Refused: this server is offline.'),
  })
  .openapi('CreateParseJob');

/** How a document is to be read. */
export type ParseConfigurationBody = z.output<typeof parseConfigurationBodySchema>;

/** What a parse job is made of. */
export type CreateParseBody = z.output<typeof createParseBodySchema>;

/** A parse job, as it is answered. */
export const parseJobSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'pjb-4c2d9a10-0f5e-4b1c-8d3a-7e6f5a4b3c21' }),
    project_id: z.string(),
    status: z.enum(JOB_STATUSES),
    created_at: momentSchema,
    updated_at: momentSchema,
    error_message: z.string().nullable().describe('Only when FAILED.'),
    name: z.string().nullable().describe('Null once its document was deleted.'),
    tier: z.string().nullable(),
    usage: z.strictObject({ credits: z.number().nullable() }).nullable().describe('Only with `expand=usage`.'),
    user_metadata: z.record(z.string(), z.string()).nullable(),
  })
  .openapi('ParseJob');

/** Writes a parse job for the wire. */
export function serialiseParseJob(parse: ParseJob): z.input<typeof parseJobSchema> {
  return {
    id: parse.id,
    project_id: parse.projectId,
    status: parse.status,
    created_at: parse.createdAt,
    updated_at: parse.updatedAt,
    error_message: parse.errorMessage,
    // Of a deleted document nothing is kept, not even what it was called.
    name: parse.name || null,
    tier: parse.tier,
    usage: null,
    user_metadata: null,
  };
}

/** Reads off the wire what of a document is read. */
export function parsePageRanges({ page_ranges }: ParseConfigurationBody): ParsingConfiguration | null {
  return page_ranges ? { lang: 'en', targetPages: page_ranges.target_pages, maxPages: page_ranges.max_pages } : null;
}
