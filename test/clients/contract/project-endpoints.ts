import type { Endpoint } from './endpoint.js';
import { onlyPage, project } from './objects.js';
import { list } from './shape.js';

export const PROJECT_ENDPOINTS: readonly Endpoint[] = [
  {
    operation: 'GET /api/v1/projects',
    level: 'SHOULD',
    status: 200,
    query: ['project_name', 'organization_id'],
    response: list(project),
  },
  {
    operation: 'GET /api/v1/projects/{project_id}',
    level: 'SHOULD',
    status: 200,
    query: ['organization_id'],
    response: project,
  },
  {
    operation: 'GET /api/v2/projects',
    level: 'SHOULD',
    status: 200,
    query: ['name', 'page_size', 'page_token', 'organization_id'],
    // There is one project, so no next page that a token could lead to.
    refused: ['page_token'],
    response: onlyPage(project),
  },
  {
    operation: 'GET /api/v2/projects/{project_id}',
    level: 'SHOULD',
    status: 200,
    query: ['organization_id'],
    response: project,
  },
];
