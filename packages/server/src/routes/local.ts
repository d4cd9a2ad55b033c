import { z } from '@hono/zod-openapi';
import { placesOfJob } from '../classification/evidence-places.js';
import { explainJob } from '../classification/explain-job.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { explanationSchema, serialiseExplanation } from '../schemas/explanation.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

/** What this server can do beyond the API that it mirrors. */
export function addLocalRoutes(app: DocketApp, services: Services): void {
  const definition = {
    method: 'get',
    path: '/api/local/classify/{job_id}/explanation',
    operationId: 'explainClassifyJob',
    summary: 'What stands behind the answer of a completed job: ranking, evidence, pages, timings',
    tags: ['Local'],
    params: z.object({ job_id: z.string() }),
    query: scopeQuerySchema,
    responses: { 200: { description: 'The explanation', schema: explanationSchema } },
    errors: [404, 409],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const reference = { id: params.job_id, projectId: query.project_id };
    const explanation = await explainJob(services, reference);
    const places = await placesOfJob(services.store, reference, explanation);
    return context.json({ job_id: params.job_id, ...serialiseExplanation(explanation, places) });
  });
}
