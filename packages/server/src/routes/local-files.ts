import { z } from '@hono/zod-openapi';
import { found, projectOf } from '../classification/scope.js';
import { createFile } from '../files/create-file.js';
import { fileIdOf } from '../files/file-id.js';
import { incomingOf } from '../files/incoming.js';
import { readFilePages } from '../files/read-file-pages.js';
import { fileFormDescription } from '../files/upload-form.js';
import { whileWaitedFor } from '../foreground/while-waited-for.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { fileSchema, serialiseFile } from '../schemas/file.js';
import { filePagesQuerySchema, filePagesSchema, serialiseFilePages } from '../schemas/file-pages.js';
import { pageImageParamsSchema, pageImageQuerySchema } from '../schemas/page-image.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

const tags = ['Local'];

/** How long files are kept that somebody tried rules on. */
const TRIAL_MS = 24 * 60 * 60 * 1000;

/** Never shown as a page of this server, and never left behind in a browser. */
const IMAGE_HEADERS = {
  'content-type': 'image/png',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-store',
};

/** Files as the console needs them: for a day, page by page, as pictures. */
export function addLocalFileRoutes(app: DocketApp, services: Services): void {
  addUpload(app, services);
  addPages(app, services);
  addImage(app, services);
}

function addUpload(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path: '/api/local/files',
    operationId: 'createTrialFile',
    summary: 'Upload a file that is deleted after a day',
    description: 'As `POST /api/v1/beta/files`; `expires_at` says when. A shorter `retention.files` holds.',
    tags,
    query: scopeQuerySchema,
    multipart: fileFormDescription,
    responses: { 201: { description: 'The file', schema: fileSchema } },
    errors: [400, 429],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    // What is uploaded here is about to be scored.
    services.foreground.prepare();
    const upload = { incoming: incomingOf(context), projectId: projectOf(query), lifetimeMs: TRIAL_MS };
    return context.json(serialiseFile(await createFile(services, upload)), 201);
  });
}

function addPages(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/local/files/{file_id}/pages',
    operationId: 'getFilePages',
    summary: 'What was read of a file so far, page by page',
    tags,
    params: z.object({ file_id: z.string() }),
    query: filePagesQuerySchema,
    responses: { 200: { description: 'The pages', schema: filePagesSchema } },
    errors: [400, 404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const file = found(await store.files.get(fileIdOf(params.file_id), query.project_id), 'File');
    return context.json(serialiseFilePages(await readFilePages(store, file, query.target_pages)));
  });
}

function addImage(app: DocketApp, { store, foreground }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/local/files/{file_id}/pages/{page}/image',
    operationId: 'getPageImage',
    summary: 'A page as a picture: of PDF and of pictures, also of those that browsers lack',
    tags,
    params: pageImageParamsSchema,
    query: pageImageQuerySchema,
    responses: {
      200: { description: 'A PNG', schema: z.string().openapi({ format: 'binary' }), contentType: 'image/png' },
    },
    errors: [400, 404, 429],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const file = found(await store.files.get(fileIdOf(params.file_id), query.project_id), 'File');
    const size = { page: Number(params.page), longestSide: query.max_side };
    const image = await whileWaitedFor(context, (signal) => foreground.draw(file, size, signal));
    return context.body(new Uint8Array(image), 200, IMAGE_HEADERS);
  });
}
