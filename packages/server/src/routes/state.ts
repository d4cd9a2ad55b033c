import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { describeServer } from '../operations/server-state.js';
import { serverStateSchema } from '../schemas/server-state.js';
import type { Services } from '../services.js';

/** What this server works with, as `docket doctor` says it. */
export function addStateRoute(app: DocketApp, services: Services): void {
  const definition = {
    method: 'get',
    path: '/api/local/state',
    operationId: 'getState',
    summary: 'What this server works with: engine, models, knowledge, OCR, queue, workers, disk',
    tags: ['Local'],
    responses: { 200: { description: 'The state', schema: serverStateSchema } },
  } as const;
  defineEndpoint(app, definition, async ({ context }) => context.json(await describeServer(services)));
}
