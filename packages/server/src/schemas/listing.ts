import { z } from '@hono/zod-openapi';

/** A moment in an answer: ISO 8601 in UTC. */
export const momentSchema = z.iso.datetime().openapi({ example: '2026-11-23T10:00:00.123456Z' });

/** A part of an answer that may be null. `nullable()` would be described as what is never null, for schemas with a name. */
export function orNull<Part extends z.ZodType>(part: Part) {
  return z.union([part, z.null()]);
}

/** Part of a list, as it is answered. */
export function pageSchema<Item extends z.ZodType>(name: string, item: Item) {
  return z
    .strictObject({
      items: z.array(item),
      next_page_token: z
        .string()
        .nullable()
        .describe('Give it as `page_token` to get the next part; null on the last.'),
      total_size: z.int().min(0).nullable().describe('Items of the whole list.'),
    })
    .openapi(name);
}
