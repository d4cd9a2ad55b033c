import { z } from '@hono/zod-openapi';
import { integer } from '../http/fields.js';
import { scopeQuerySchema } from './scope.js';

/** Pixels of the longer side of a drawn page: what is usual, and what may be asked for. */
const USUAL_SIDE = 1600;
const LONGEST_SIDE = 4000;

/** Which page is drawn. */
export const pageImageParamsSchema = z.object({ file_id: z.string(), page: z.string().regex(/^[1-9]\d{0,6}$/) });

/** How large a page is drawn. */
export const pageImageQuerySchema = scopeQuerySchema.extend({
  max_side: integer({ min: 16, max: LONGEST_SIDE })
    .default(USUAL_SIDE)
    .describe('Pixels of the longer side, at most; a picture that is smaller is not enlarged.'),
});
