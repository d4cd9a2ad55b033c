import { z } from '@hono/zod-openapi';
import { momentSchema, orNull } from './listing.js';

const count = z.int().min(0);

/** How the server is, as it is answered. */
export const serverStateSchema = z
  .strictObject({
    docket: z.string().describe('Version.'),
    node: z.string(),
    machine: z.string().openapi({ example: 'linux x64' }),
    started_at: momentSchema,
    engine: z.strictObject({
      status: z.enum(['ok', 'starting', 'failed']).describe('Of its self-test.'),
      problem: z.string().nullable(),
      scorer: z.string(),
      identity: z.string().nullable().describe('Which scorers and models take part, with their versions.'),
      is_fitted: z.boolean().nullable().describe('Whether the calibration was fitted with the model that takes part.'),
    }),
    knowledge: orNull(
      z.strictObject({
        identity: z.string(),
        types: count.describe('Number of document types.'),
        languages: z.array(z.string()),
      }),
    ),
    models: z.array(
      z.strictObject({
        name: z.string(),
        tasks: z.array(z.string()),
        problem: z.string().nullable().describe('Why it cannot be used.'),
      }),
    ),
    ocr: z.strictObject({
      mode: z.string(),
      engine: z.string().nullable(),
      languages: z.array(z.strictObject({ code: z.string(), iso: z.string().nullable() })),
      problem: z.string().nullable(),
    }),
    queue: z.strictObject({
      pending: count,
      running: count,
      completed: count,
      failed: count,
      cancelled: count,
      oldest_pending_at: momentSchema.nullable(),
      max_pending: count,
      jobs_per_second: z.number().min(0),
    }),
    workers: z.strictObject({
      processes: count.describe('Documents of jobs at once.'),
      restarts: count.describe('Processes that were ended or lost so far.'),
    }),
    disk: z.strictObject({
      free_bytes: count.nullable().describe('Null where nobody can tell: the disk is that of a database.'),
      min_free_bytes: count,
    }),
    database: z.strictObject({ kind: z.string() }),
    event_streams: count,
  })
  .openapi('ServerState');
