import { listPart } from '../classification/paging.js';
import { projectOf } from '../classification/scope.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { deliveryPageSchema, listDeliveriesQuerySchema, serialiseDelivery } from '../schemas/webhook-delivery.js';
import type { Services } from '../services.js';

/** What became of webhooks. */
export function addWebhookDeliveryRoutes(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/local/webhook-deliveries',
    operationId: 'listWebhookDeliveries',
    summary: 'List webhook deliveries with every attempt, newest event first',
    tags: ['Local'],
    query: listDeliveriesQuerySchema,
    responses: { 200: { description: 'Part of the list', schema: deliveryPageSchema } },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const filters = { projectId: projectOf(query), jobId: query.job_id, status: query.status };
    const answer = await listPart(
      { filters, pageSize: query.page_size, pageToken: query.page_token },
      { route: 'webhook-deliveries', secret: store.secret },
      (deliveryQuery) => store.deliveries.list(deliveryQuery),
      serialiseDelivery,
    );
    return context.json(answer);
  });
}
