import { CLASSIFY_ENDPOINTS } from './classify-endpoints.js';
import { CONFIGURATION_ENDPOINTS } from './configuration-endpoints.js';
import type { Endpoint } from './endpoint.js';
import { isAt } from './endpoint.js';
import { FILE_ENDPOINTS } from './file-endpoints.js';
import { LATER_ENDPOINTS } from './later-endpoints.js';
import { PARSE_ENDPOINTS } from './parse-endpoints.js';
import { PROJECT_ENDPOINTS } from './project-endpoints.js';
import { WEBHOOK_ENDPOINTS } from './webhook-endpoints.js';

/** Endpoints that are there. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...CLASSIFY_ENDPOINTS,
  ...FILE_ENDPOINTS,
  ...CONFIGURATION_ENDPOINTS,
  ...PARSE_ENDPOINTS,
  ...PROJECT_ENDPOINTS,
  ...WEBHOOK_ENDPOINTS,
];

/** Endpoints beside the contract, which the cloud does not have. */
export const OWN_ENDPOINTS: readonly Pick<Endpoint, 'operation'>[] = [
  'GET /api/local/classify/{job_id}/explanation',
  'POST /api/local/score',
  'POST /api/local/lint',
  'POST /api/local/files',
  'GET /api/local/files/{file_id}/download',
  'GET /api/local/webhook-deliveries',
  'GET /api/local/files/{file_id}/pages',
  'GET /api/local/files/{file_id}/pages/{page}/image',
  'GET /api/local/events',
  'GET /api/local/state',
  'GET /api/local/samples',
  'GET /api/local/samples/{name}',
  'GET /api/local/runs',
  'GET /api/local/runs/compare',
  'GET /api/local/runs/{name}',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /openapi.json',
  'GET /docs',
].map((operation) => ({ operation }));

export { LATER_ENDPOINTS };

/** The endpoint that a request goes to. Fixed paths win over those with an id in them. */
export function endpointAt(method: string, path: string): Endpoint | undefined {
  const found = ENDPOINTS.filter((endpoint) => isAt(endpoint, method, path));
  return found.find(({ operation }) => !operation.includes('{')) ?? found[0];
}
