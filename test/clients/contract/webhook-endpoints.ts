import type { Endpoint } from './endpoint.js';
import { webhookConfig } from './objects.js';
import { anything, list, object } from './shape.js';

const query = ['project_id', 'organization_id'];
const root = '/api/v1/beta/webhook-configs';

const request = object({
  webhook_url: anything,
  webhook_events: anything,
  webhook_headers: anything,
  webhook_output_format: anything,
  webhook_signing_secret: anything,
});

export const WEBHOOK_ENDPOINTS: readonly Endpoint[] = [
  { operation: `POST ${root}`, level: 'SHOULD', status: 201, query, request, response: webhookConfig },
  { operation: `GET ${root}`, level: 'SHOULD', status: 200, query, response: list(webhookConfig) },
  {
    operation: `GET ${root}/{webhook_config_id}`,
    level: 'SHOULD',
    status: 200,
    query,
    response: webhookConfig,
  },
  {
    operation: `PUT ${root}/{webhook_config_id}`,
    level: 'SHOULD',
    status: 200,
    query,
    request,
    response: webhookConfig,
  },
  { operation: `DELETE ${root}/{webhook_config_id}`, level: 'SHOULD', status: 204, query },
];
