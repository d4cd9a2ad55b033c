import { z } from '@hono/zod-openapi';
import { integer, text } from '../http/fields.js';

/** What every request may say of its project. */
export const scopeQuerySchema = z.object({
  project_id: text({ min: 1, max: 200 })
    .optional()
    .describe('Any text: a project exists as soon as it is named. Without it: the default project.'),
  organization_id: text({ min: 1, max: 200 }).optional().describe('Accepted, without a meaning here.'),
});

/** How much of a list is wanted, and from where on. */
export function pagingFields({ mostItems }: { readonly mostItems: number }) {
  return {
    page_size: integer({ min: 1, max: mostItems }).optional().describe('Items at once. Without it: 50.'),
    page_token: text().optional().describe('From the part before. The filters of the first request hold.'),
  };
}
