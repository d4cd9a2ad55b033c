import { comparisonSchema, documentResultSchema, runSummarySchema } from '@docket/evals/run-schema';
import { z } from '@hono/zod-openapi';
import { integer, literal, text } from '../http/fields.js';

const name = z.string().openapi({ example: '2026-11-28T10-00-00' });

/** The runs that there are, as they are answered. */
export const runListSchema = z.strictObject({
  is_given: z.boolean().describe('Whether the server was given a folder of runs.'),
  runs: z.array(z.strictObject({ name, summary: runSummarySchema })).describe('Newest first.'),
});

/** Documents of a run that are answered at once. */
const MOST_RESULTS = 1000;

/** Which documents of a run are wanted. */
export const runQuerySchema = z.object({
  only: literal('wrong', 'failed').optional().describe('Documents that were answered wrong, or not classified.'),
  offset: integer({ min: 0, max: 10_000_000 }).default(0),
  limit: integer({ min: 0, max: MOST_RESULTS }).default(MOST_RESULTS),
});

/** A run, as it is answered: in the form in which `docket bench` writes it. */
export const runSchema = z.strictObject({
  name,
  summary: runSummarySchema,
  total: z.int().min(0).describe('Documents that fit `only`.'),
  results: z.array(documentResultSchema),
});

/** Which runs are compared. */
export const comparisonQuerySchema = z.object({ a: text({ max: 600 }), b: text({ max: 600 }) });

/** What changed between two runs, as `docket bench compare --format json` says it. */
export const runComparisonSchema = comparisonSchema;
