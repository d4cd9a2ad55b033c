import { z } from '@hono/zod-openapi';
import { DEFAULT_EXPIRY_SECONDS, LONGEST_EXPIRY_SECONDS } from '../files/download-url.js';
import { parseFileOrder } from '../files/file-order.js';
import { flag, integer, list, text } from '../http/fields.js';
import { pydanticIssue } from '../http/pydantic-issue.js';
import { pagingFields, scopeQuerySchema } from './scope.js';

/** Most files that are listed at once. */
const MOST_FILES = 1000;

const orderSchema = text()
  .transform((order, context) => {
    const parsed = parseFileOrder(order);
    if (parsed) return parsed;
    const msg = "Value error, order by 'name', 'id' or 'created_at', with 'asc' or 'desc' behind it if need be";
    context.addIssue(pydanticIssue({ type: 'value_error', msg }));
    return z.NEVER;
  })
  .describe('`name` or `id` (ascending) or `created_at` (descending); `name desc` is taken, too.');

const expandSchema = list(text()).describe('`download_url`.');

/** Which file is wanted, and what beside it. */
export const getFileQuerySchema = scopeQuerySchema.extend({ expand: expandSchema.optional() });

/** Which files to list. */
export const listFilesQuerySchema = scopeQuerySchema.extend({
  ...pagingFields({ mostItems: MOST_FILES }),
  file_name: text().optional().describe('Exact.'),
  file_ids: list(text()).optional().describe('Any of these.'),
  external_file_id: text().optional(),
  order_by: orderSchema.optional(),
  expand: expandSchema.optional(),
});

/** Which files to list, as the deprecated query says it. */
export const queryFilesBodySchema = z
  .object({
    filter: z
      .object({
        project_id: text({ min: 1, max: 200 }).nullish(),
        file_ids: list(text()).nullish(),
        file_name: text().nullish(),
        data_source_id: text().nullish().describe('There are no data sources: with one, nothing is found.'),
        external_file_id: text().nullish(),
        only_manually_uploaded: flag().nullish().describe('Without effect: all files are.'),
      })
      .nullish(),
    order_by: orderSchema.nullish(),
    page_size: integer({ min: 1 })
      .transform((size) => Math.min(size, MOST_FILES))
      .nullish(),
    page_token: text().nullish(),
  })
  .openapi('QueryFiles');

/** What a query for files says. */
export type QueryFilesBody = z.output<typeof queryFilesBodySchema>;

/** How long a download URL is to work. */
export const contentQuerySchema = scopeQuerySchema.extend({
  expires_at_seconds: integer({ min: 1, max: LONGEST_EXPIRY_SECONDS })
    .optional()
    .describe(`How long the URL works, in seconds. Without it: ${DEFAULT_EXPIRY_SECONDS}.`),
});
