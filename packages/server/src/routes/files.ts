import type { StoredFile } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { listPart } from '../classification/paging.js';
import { found, projectOf } from '../classification/scope.js';
import { createFile } from '../files/create-file.js';
import { deleteFile } from '../files/delete-file.js';
import { makeDownloadUrl } from '../files/download-url.js';
import { filtersOfList, filtersOfQuery } from '../files/file-filters.js';
import { fileIdOf } from '../files/file-id.js';
import { incomingOf } from '../files/incoming.js';
import { fileFormDescription } from '../files/upload-form.js';
import type { DocketApp, DocketContext } from '../http/app-environment.js';
import { baseUrlOf } from '../http/base-url.js';
import { defineEndpoint } from '../http/endpoint.js';
import { filePageSchema, fileSchema, type PresignedUrl, serialiseFile } from '../schemas/file.js';
import { getFileQuerySchema, listFilesQuerySchema, queryFilesBodySchema } from '../schemas/file-request.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

const tags = ['Files'];
const path = '/api/v1/beta/files';
const params = z.object({ file_id: z.string() });
const page = { description: 'Part of the list', schema: filePageSchema };

/** Files: create, list, get, query, delete. */
export function addFileRoutes(app: DocketApp, services: Services): void {
  addCreate(app, services);
  addList(app, services);
  addGet(app, services);
  addQuery(app, services);
  addDelete(app, services);
}

function addCreate(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path,
    operationId: 'createFile',
    summary: 'Upload a file',
    tags,
    query: scopeQuerySchema,
    multipart: fileFormDescription,
    responses: { 201: { description: 'The file', schema: fileSchema } },
    errors: [400, 429],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const file = await createFile(services, { incoming: incomingOf(context), projectId: projectOf(query) });
    return context.json(serialiseFile(file), 201);
  });
}

function addList(app: DocketApp, services: Services): void {
  const { store } = services;
  const definition = {
    method: 'get',
    path,
    operationId: 'listFiles',
    summary: 'List files',
    tags,
    query: listFilesQuerySchema,
    responses: { 200: page },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const urlOf = downloadUrls(services, context, query.expand);
    const answer = await listPart(
      { filters: filtersOfList(query), pageSize: query.page_size, pageToken: query.page_token },
      { route: 'files', secret: store.secret },
      (fileQuery) => store.files.list(fileQuery),
      (file) => serialiseFile(file, urlOf(file)),
    );
    return context.json(answer);
  });
}

function addGet(app: DocketApp, services: Services): void {
  const definition = {
    method: 'get',
    path: `${path}/{file_id}`,
    operationId: 'getFile',
    summary: 'Get a file: what is known of it, not its bytes',
    tags,
    params,
    query: getFileQuerySchema,
    responses: { 200: { description: 'The file', schema: fileSchema } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const file = found(await services.store.files.get(fileIdOf(params.file_id), query.project_id), 'File');
    return context.json(serialiseFile(file, downloadUrls(services, context, query.expand)(file)));
  });
}

function addQuery(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'post',
    path: `${path}/query`,
    operationId: 'queryFiles',
    summary: 'List files, the old way',
    tags,
    deprecated: true,
    query: scopeQuerySchema,
    body: queryFilesBodySchema,
    responses: { 200: page },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ query, body, context }) => {
    const answer = await listPart(
      { filters: filtersOfQuery(query, body), pageSize: body.page_size, pageToken: body.page_token },
      { route: 'files', secret: store.secret },
      async (fileQuery) => (body.filter?.data_source_id ? { items: [], total: 0 } : store.files.list(fileQuery)),
      (file) => serialiseFile(file),
    );
    return context.json(answer);
  });
}

function addDelete(app: DocketApp, services: Services): void {
  const definition = {
    method: 'delete',
    path: `${path}/{file_id}`,
    operationId: 'deleteFile',
    summary: 'Delete a file; with the last one of a content also what was read of it',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 204: { description: 'Deleted' } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    await deleteFile(services, { id: fileIdOf(params.file_id), projectId: query.project_id });
    return context.body(null, 204);
  });
}

/** Makes download URLs where they are asked for. */
function downloadUrls(
  { store, settings }: Services,
  context: DocketContext,
  expand: readonly string[] | undefined,
): (file: StoredFile) => PresignedUrl | null {
  if (!expand?.includes('download_url')) return () => null;
  const baseUrl = baseUrlOf(context, settings);
  return (file) => makeDownloadUrl(file, { baseUrl, secret: store.secret });
}
