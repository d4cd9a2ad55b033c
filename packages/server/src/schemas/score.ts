import { z } from '@hono/zod-openapi';
import { text } from '../http/fields.js';
import { configurationBodySchema } from './classify-configuration.js';
import { scoreExplanationSchema } from './explanation.js';

/** What is scored, and by what. */
export const scoreBodySchema = z
  .object({
    file_id: text({ min: 1, max: 200 }).describe('A file (`dfl-...`).'),
    configuration: configurationBodySchema.describe('As for a classify job.'),
    page_id: text({ max: 200 })
      .nullish()
      .describe(
        'Any text that the caller made up for itself. A newer request with the same one ends the older, which is answered 409; give documents that are scored side by side different ones.',
      ),
  })
  .openapi('Score');

/** The answer that a job would have. */
export const scoreResultSchema = z
  .strictObject({
    result: z.strictObject({
      type: z.string().nullable(),
      confidence: z.number().min(0).max(1),
      reasoning: z.string(),
    }),
    explanation: scoreExplanationSchema,
  })
  .openapi('ScoreResult');
