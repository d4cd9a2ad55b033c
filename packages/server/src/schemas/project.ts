import { z } from '@hono/zod-openapi';
import { DEFAULT_ORGANIZATION_ID, DEFAULT_PROJECT_ID } from '../classification/scope.js';
import { momentSchema, pageSchema } from './listing.js';

/** A project, as it is answered. */
export const projectSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    organization_id: z.string(),
    is_default: z.boolean(),
    created_at: momentSchema,
    updated_at: momentSchema,
  })
  .openapi('Project');

/** All projects, as version 2 answers them. */
export const projectPageSchema = pageSchema('ProjectPage', projectSchema);

/** The one project that is known by name. Others exist as soon as they are named by a request. */
export const DEFAULT_PROJECT: z.input<typeof projectSchema> = {
  id: DEFAULT_PROJECT_ID,
  name: 'Default',
  organization_id: DEFAULT_ORGANIZATION_ID,
  is_default: true,
  created_at: '2026-01-01T00:00:00.000000Z',
  updated_at: '2026-01-01T00:00:00.000000Z',
};
