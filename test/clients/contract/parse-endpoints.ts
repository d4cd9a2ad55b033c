import type { Endpoint } from './endpoint.js';
import { parseJob, parseResult } from './objects.js';
import { anything, object } from './shape.js';

const scope = ['project_id', 'organization_id'];
const root = '/api/v2/parse';

const options = {
  tier: anything,
  version: anything,
  page_ranges: object({ max_pages: anything, target_pages: anything }),
};

export const PARSE_ENDPOINTS: readonly Endpoint[] = [
  {
    operation: `POST ${root}`,
    level: 'SHOULD',
    status: 200,
    query: scope,
    request: object({ file_id: anything, source_url: anything, ...options }),
    refused: ['source_url'],
    response: parseJob,
  },
  {
    operation: `POST ${root}/upload`,
    level: 'SHOULD',
    status: 200,
    query: scope,
    request: object({ file: anything, configuration: object(options) }),
    response: parseJob,
  },
  {
    operation: `GET ${root}/{job_id}`,
    level: 'SHOULD',
    status: 200,
    query: ['expand', ...scope],
    response: parseResult,
  },
];
