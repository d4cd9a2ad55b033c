import type { z } from '@hono/zod-openapi';
import { isList } from './schema-structure.js';

/**
 * Picks the values that a schema names out of a query. Empty values count as absent. Of a repeated key the last value
 * counts, unless the schema wants a list: then all do, also those of `key[]` or of one comma-joined value.
 */
export function readQueryValues(
  schema: z.ZodObject,
  queries: Readonly<Record<string, string[]>>,
): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const given = [key, `${key}[]`].flatMap((name) => valuesOf(queries, name)).filter((value) => value !== '');
    const last = given.at(-1);
    if (last === undefined) continue;
    values[key] = isList(field) ? splitJoined(given) : last;
  }
  return values;
}

function valuesOf(queries: Readonly<Record<string, string[]>>, name: string): readonly string[] {
  return Object.hasOwn(queries, name) ? (queries[name] ?? []) : [];
}

function splitJoined(given: readonly string[]): string[] {
  const values = given.length === 1 ? given.flatMap((value) => value.split(',')) : given;
  return values.map((value) => value.trim()).filter((value) => value !== '');
}
