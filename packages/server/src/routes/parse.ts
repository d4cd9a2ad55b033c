import { z } from '@hono/zod-openapi';
import { found, projectOf } from '../classification/scope.js';
import { createParseJob, createParseJobFromUpload } from '../files/create-parse-job.js';
import { incomingOf } from '../files/incoming.js';
import { readPageTexts } from '../files/read-page-texts.js';
import { parseFormDescription } from '../files/upload-form.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { createParseBodySchema, parseJobSchema, serialiseParseJob } from '../schemas/parse-job.js';
import { getParseQuerySchema, parseResultSchema, serialiseParseResult, TEXT_PARTS } from '../schemas/parse-result.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

const tags = ['Parse'];
const parse = { description: 'The parse job', schema: parseJobSchema };

/** Parse jobs: create, create from an upload, get. */
export function addParseRoutes(app: DocketApp, services: Services): void {
  addCreate(app, services);
  addUpload(app, services);
  addGet(app, services);
}

function addCreate(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path: '/api/v2/parse',
    operationId: 'createParseJob',
    summary: 'Read a file',
    tags,
    query: scopeQuerySchema,
    body: createParseBodySchema,
    responses: { 200: parse },
    errors: [400, 404, 429],
  } as const;
  defineEndpoint(app, definition, async ({ query, body, context }) => {
    const created = await createParseJob(services, { projectId: projectOf(query), body });
    return context.json(serialiseParseJob(created));
  });
}

function addUpload(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path: '/api/v2/parse/upload',
    operationId: 'createParseJobFromUpload',
    summary: 'Upload a file and read it',
    tags,
    query: scopeQuerySchema,
    multipart: parseFormDescription,
    responses: { 200: parse },
    errors: [400, 429],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const request = { incoming: incomingOf(context), projectId: projectOf(query) };
    return context.json(serialiseParseJob(await createParseJobFromUpload(services, request)));
  });
}

function addGet(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/v2/parse/{job_id}',
    operationId: 'getParseJob',
    summary: 'Get a parse job, and with `expand` what it read',
    tags,
    params: z.object({ job_id: z.string() }),
    query: getParseQuerySchema,
    responses: { 200: { description: 'The parse job and what was asked for', schema: parseResultSchema } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const parseJob = found(await store.parses.get(params.job_id, query.project_id), 'Parse job');
    const expand = new Set(query.expand);
    const pages = TEXT_PARTS.some((part) => expand.has(part)) ? await readPageTexts(store, parseJob) : undefined;
    return context.json(serialiseParseResult({ parse: parseJob, pages, expand }));
  });
}
