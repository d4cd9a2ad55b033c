import { z } from '@hono/zod-openapi';
import { createClassifyJob } from '../classification/create-classify-job.js';
import { cancelJob, deleteJob } from '../classification/end-job.js';
import { listPart } from '../classification/paging.js';
import { preferredWaitSeconds } from '../classification/prefer-wait.js';
import { found, projectOf } from '../classification/scope.js';
import { waitForJob } from '../classification/wait-for-job.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { createJobBodySchema, listJobsQuerySchema } from '../schemas/classify-request.js';
import { deletedJobSchema, jobPageSchema, jobSchema, serialiseJob } from '../schemas/job.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

const tags = ['Classify'];
const params = z.object({ job_id: z.string() });
const job = { description: 'The job', schema: jobSchema };

/** Classify jobs: create, get, list, cancel, delete. */
export function addClassifyRoutes(app: DocketApp, services: Services): void {
  addCreate(app, services);
  addGet(app, services);
  addList(app, services);
  addCancel(app, services);
  addDelete(app, services);
}

function addCreate(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path: '/api/v2/classify',
    operationId: 'createClassifyJob',
    summary: 'Classify a document',
    description:
      'Answers at once with a job that is worked on later. With the header `Prefer: wait=N` the answer is held back until the job has ended, at most N seconds.',
    tags,
    query: scopeQuerySchema,
    headers: z.object({ prefer: z.string().optional().openapi({ example: 'wait=10' }) }),
    body: createJobBodySchema,
    responses: { 200: { ...job, headers: z.object({ 'preference-applied': z.string().optional() }) } },
    errors: [400, 404, 429],
  } as const;
  defineEndpoint(app, definition, async ({ query, body, context }) => {
    const seconds = preferredWaitSeconds(context.req.header('prefer'));
    const request = { projectId: projectOf(query), body, isAwaited: seconds > 0 };
    const created = await createClassifyJob(services, request);
    if (seconds === 0) return context.json(serialiseJob(created));
    const ended = await waitForJob(services, created, { seconds, env: context.env });
    return context.json(serialiseJob(ended), 200, { 'preference-applied': `wait=${seconds}` });
  });
}

function addGet(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/v2/classify/{job_id}',
    operationId: 'getClassifyJob',
    summary: 'Get a classify job',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 200: job },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const job = found(await store.jobs.get(params.job_id, query.project_id), 'Classify job');
    return context.json(serialiseJob(job));
  });
}

function addList(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/v2/classify',
    operationId: 'listClassifyJobs',
    summary: 'List classify jobs, newest first',
    tags,
    query: listJobsQuerySchema,
    responses: { 200: { description: 'Part of the list', schema: jobPageSchema } },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const filters = {
      projectId: projectOf(query),
      status: query.status,
      configurationId: query.configuration_id,
      ids: query.job_ids,
      createdFrom: query.created_at_on_or_after,
      createdTo: query.created_at_on_or_before,
    };
    const answer = await listPart(
      { filters, pageSize: query.page_size, pageToken: query.page_token },
      { route: 'classify', secret: store.secret },
      (jobQuery) => store.jobs.list(jobQuery),
      serialiseJob,
    );
    return context.json(answer);
  });
}

function addCancel(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path: '/api/v2/classify/{job_id}/cancel',
    operationId: 'cancelClassifyJob',
    summary: 'Cancel a classify job that has not ended',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 200: { ...job, description: 'The job, now CANCELLED' } },
    errors: [404, 409],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const job = await cancelJob(services, { id: params.job_id, projectId: query.project_id });
    return context.json(serialiseJob(job));
  });
}

function addDelete(app: DocketApp, services: Services): void {
  const definition = {
    method: 'delete',
    path: '/api/v2/classify/{job_id}',
    operationId: 'deleteClassifyJob',
    summary: 'Delete a classify job that has ended',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 200: { description: 'What was deleted', schema: deletedJobSchema } },
    errors: [404, 409],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const { id, projectId } = await deleteJob(services, { id: params.job_id, projectId: query.project_id });
    return context.json({ id, project_id: projectId });
  });
}
