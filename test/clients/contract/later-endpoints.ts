import type { Endpoint } from './endpoint.js';

const NOT_FOUND = 404;
/** The path is there, with another method. */
const NOT_ALLOWED = 405;

const later = (status: number, ...operations: readonly string[]): Endpoint[] =>
  operations.map((operation) => ({ operation, level: 'LATER', status, query: [] }));

/** Endpoints of the cloud that Docket does not have. */
export const LATER_ENDPOINTS: readonly Endpoint[] = [
  ...later(NOT_FOUND, 'POST /api/v1/files', 'POST /api/v1/files/presigned-url', 'PUT /api/v1/files/sync'),
  ...later(NOT_ALLOWED, 'GET /api/v2/parse'),
  ...later(NOT_FOUND, 'POST /api/v2/parse/{job_id}/cancel'),
  ...later(NOT_ALLOWED, 'DELETE /api/v2/parse/{job_id}'),
  ...later(NOT_FOUND, 'GET /api/v2/parse/versions'),
  ...later(
    NOT_FOUND,
    'GET /api/v1/organizations',
    'GET /api/v1/organizations/{organization_id}',
    'GET /api/v2/organizations',
    'GET /api/v2/organizations/{organization_id}',
    'POST /api/v1/classifier/jobs',
    'GET /api/v1/classifier/jobs',
    'GET /api/v1/classifier/jobs/{job_id}',
    'GET /api/v1/classifier/jobs/{job_id}/results',
  ),
];
