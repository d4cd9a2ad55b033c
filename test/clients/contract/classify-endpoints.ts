import type { Endpoint } from './endpoint.js';
import { cancelledJob, deletedJob, job, page } from './objects.js';
import { anything, list, object } from './shape.js';

const scope = ['project_id', 'organization_id'];

/** What a document is classified by, as a client sends it. */
export const classifyRequestFields = {
  rules: list(object({ type: anything, description: anything })),
  mode: anything,
  parsing_configuration: object({ lang: anything, max_pages: anything, target_pages: anything }),
};

const createRequest = object({
  file_input: anything,
  configuration: object(classifyRequestFields),
  configuration_id: anything,
  file_id: anything,
  parse_job_id: anything,
  transaction_id: anything,
  webhook_configurations: list(
    object({
      webhook_url: anything,
      webhook_headers: anything,
      webhook_events: anything,
      webhook_output_format: anything,
      webhook_signing_secret: anything,
    }),
  ),
  webhook_configuration_ids: anything,
});

const listQuery = [
  'page_size',
  'page_token',
  'status',
  'configuration_id',
  'job_ids',
  'created_at_on_or_after',
  'created_at_on_or_before',
];

export const CLASSIFY_ENDPOINTS: readonly Endpoint[] = [
  {
    operation: 'POST /api/v2/classify',
    level: 'MUST',
    status: 200,
    query: scope,
    request: createRequest,
    response: job,
  },
  {
    operation: 'GET /api/v2/classify',
    level: 'MUST',
    status: 200,
    query: [...listQuery, ...scope],
    response: page(job),
  },
  { operation: 'GET /api/v2/classify/{job_id}', level: 'MUST', status: 200, query: scope, response: job },
  {
    operation: 'POST /api/v2/classify/{job_id}/cancel',
    level: 'MUST',
    status: 200,
    query: scope,
    response: cancelledJob,
  },
  { operation: 'DELETE /api/v2/classify/{job_id}', level: 'SHOULD', status: 200, query: scope, response: deletedJob },
];
