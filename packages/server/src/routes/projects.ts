import { z } from '@hono/zod-openapi';
import { listPart } from '../classification/paging.js';
import { found } from '../classification/scope.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { text } from '../http/fields.js';
import { DEFAULT_PROJECT, projectPageSchema, projectSchema } from '../schemas/project.js';
import { pagingFields } from '../schemas/scope.js';
import type { Services } from '../services.js';

const tags = ['Projects'];
const organizationQuerySchema = z.object({
  organization_id: text().optional().describe('Accepted, without a meaning here.'),
});

/** The project that every installation has, in both versions of the API. */
export function addProjectRoutes(app: DocketApp, services: Services): void {
  addListV1(app);
  addListV2(app, services);
  addGet(app, 'v1');
  addGet(app, 'v2');
}

function addListV1(app: DocketApp): void {
  const definition = {
    method: 'get',
    path: '/api/v1/projects',
    operationId: 'listProjectsV1',
    summary: 'List projects',
    tags,
    query: organizationQuerySchema.extend({ project_name: text().optional().describe('Exact.') }),
    responses: { 200: { description: 'All of them', schema: z.array(projectSchema) } },
  } as const;
  defineEndpoint(app, definition, ({ query, context }) => context.json(projectsNamed(query.project_name)));
}

function addListV2(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/v2/projects',
    operationId: 'listProjectsV2',
    summary: 'List projects',
    tags,
    query: organizationQuerySchema.extend({
      ...pagingFields({ mostItems: 1000 }),
      name: text().optional().describe('Exact.'),
    }),
    responses: { 200: { description: 'Part of the list', schema: projectPageSchema } },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const answer = await listPart(
      { filters: { name: query.name }, pageSize: query.page_size, pageToken: query.page_token },
      { route: 'projects', secret: store.secret },
      async ({ name }) => ({ items: projectsNamed(name), total: projectsNamed(name).length }),
      (project) => project,
    );
    return context.json(answer);
  });
}

function addGet(app: DocketApp, version: 'v1' | 'v2'): void {
  const definition = {
    method: 'get',
    path: `/api/${version}/projects/{project_id}`,
    operationId: `getProject${version.toUpperCase()}`,
    summary: 'Get a project',
    tags,
    params: z.object({ project_id: z.string() }),
    query: organizationQuerySchema,
    responses: { 200: { description: 'The project', schema: projectSchema } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, ({ params, context }) => {
    const project = params.project_id === DEFAULT_PROJECT.id ? DEFAULT_PROJECT : undefined;
    return context.json(found(project, 'Project'));
  });
}

function projectsNamed(name: string | undefined) {
  return name === undefined || name === DEFAULT_PROJECT.name ? [DEFAULT_PROJECT] : [];
}
