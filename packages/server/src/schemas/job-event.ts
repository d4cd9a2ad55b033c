import { JOB_STATUSES } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { momentSchema } from './listing.js';

/** A job in a stream of events: what a line of a list says. */
export const jobEventSchema = z
  .strictObject({
    id: z.string(),
    status: z.enum(JOB_STATUSES),
    type: z.string().nullable(),
    confidence: z.number().min(0).max(1).nullable(),
    error_message: z.string().nullable(),
    file_id: z.string().nullable(),
    file_name: z.string().nullable().describe('Null when the file was deleted.'),
    configuration_id: z.string().nullable(),
    created_at: momentSchema,
    updated_at: momentSchema,
  })
  .openapi('JobEvent');
