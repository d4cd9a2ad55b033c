import { classifyRequestFields } from './classify-endpoints.js';
import type { Endpoint } from './endpoint.js';
import { page, savedConfiguration } from './objects.js';
import { anything, object } from './shape.js';

const scope = ['project_id', 'organization_id'];
const root = '/api/v1/beta/configurations';

const request = object({ name: anything, parameters: object({ product_type: anything, ...classifyRequestFields }) });
const listQuery = ['product_type', 'name', 'latest_only', 'page_size', 'page_token'];

export const CONFIGURATION_ENDPOINTS: readonly Endpoint[] = [
  {
    operation: `POST ${root}`,
    level: 'MUST',
    status: 201,
    query: scope,
    request,
    response: savedConfiguration,
  },
  {
    operation: `GET ${root}`,
    level: 'MUST',
    status: 200,
    query: [...listQuery, ...scope],
    response: page(savedConfiguration),
  },
  {
    operation: `GET ${root}/{configuration_id}`,
    level: 'MUST',
    status: 200,
    query: scope,
    response: savedConfiguration,
  },
  {
    operation: `PUT ${root}/{configuration_id}`,
    level: 'SHOULD',
    status: 200,
    query: scope,
    request,
    response: savedConfiguration,
  },
  { operation: `DELETE ${root}/{configuration_id}`, level: 'SHOULD', status: 204, query: scope },
];
