import { z } from '@hono/zod-openapi';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import type { Services } from '../services.js';

/** `/metrics`, for Prometheus. */
export function addMetricsRoute(app: DocketApp, { metrics }: Pick<Services, 'metrics'>): void {
  defineEndpoint(
    app,
    {
      method: 'get',
      path: '/metrics',
      operationId: 'getMetrics',
      summary: 'Measurements in the text format of Prometheus',
      tags: ['Operations'],
      responses: { 200: { description: 'The measurements', schema: z.string(), contentType: 'text/plain' } },
    },
    async ({ context }) => context.body(await metrics.scrape(), 200, { 'content-type': metrics.contentType }),
  );
}
