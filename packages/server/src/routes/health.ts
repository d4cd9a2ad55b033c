import { z } from '@hono/zod-openapi';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { checkReadiness } from '../operations/readiness.js';
import type { Services } from '../services.js';

const TAGS = ['Operations'];

const livenessSchema = z.object({ status: z.literal('ok') }).openapi('Liveness');

const checkSchema = z
  .object({ status: z.enum(['ok', 'failed', 'starting']), reason: z.string().optional() })
  .openapi('ReadinessCheck');

const readinessSchema = z
  .object({
    status: z.enum(['ok', 'failed', 'starting']),
    checks: z.object({ database: checkSchema, disk: checkSchema, engine: checkSchema }),
  })
  .openapi('Readiness');

/** `/health`, `/health/live`, `/health/ready`: whether the server lives, and whether it can do its work. */
export function addHealthRoutes(app: DocketApp, services: Services): void {
  for (const [path, operationId] of [
    ['/health', 'getHealth'],
    ['/health/live', 'getLiveness'],
  ] as const) {
    defineEndpoint(
      app,
      {
        method: 'get',
        path,
        operationId,
        summary: 'Whether the server answers',
        tags: TAGS,
        access: 'open',
        responses: { 200: { description: 'It does', schema: livenessSchema } },
      },
      ({ context }) => context.json({ status: 'ok' }, 200),
    );
  }
  addReadinessRoute(app, services);
}

function addReadinessRoute(app: DocketApp, services: Services): void {
  defineEndpoint(
    app,
    {
      method: 'get',
      path: '/health/ready',
      operationId: 'getReadiness',
      summary: 'Whether the server can do its work: database, disk space, engine',
      tags: TAGS,
      access: 'open',
      responses: {
        200: { description: 'It can', schema: readinessSchema },
        503: { description: 'It cannot, or not yet', schema: readinessSchema },
      },
    },
    async ({ context }) => {
      const checks = await checkReadiness(services);
      const statuses = Object.values(checks).map((check) => check.status);
      const status = statuses.includes('failed') ? 'failed' : statuses.includes('starting') ? 'starting' : 'ok';
      return context.json({ status, checks }, status === 'ok' ? 200 : 503);
    },
  );
}
