import { Readable } from 'node:stream';
import { z } from '@hono/zod-openapi';
import { found } from '../classification/scope.js';
import { contentHeaders } from '../files/content-headers.js';
import { makeDownloadUrl } from '../files/download-url.js';
import { fileIdOf } from '../files/file-id.js';
import { openDownload } from '../files/open-download.js';
import type { DocketApp } from '../http/app-environment.js';
import { baseUrlOf } from '../http/base-url.js';
import { defineEndpoint } from '../http/endpoint.js';
import { presignedUrlSchema } from '../schemas/file.js';
import { contentQuerySchema } from '../schemas/file-request.js';
import type { Services } from '../services.js';

const params = z.object({ file_id: z.string() });

/** The bytes of files: where they are to be had, and they themselves. */
export function addFileContentRoutes(app: DocketApp, services: Services): void {
  addContent(app, services);
  addDownload(app, services);
}

function addContent(app: DocketApp, { store, settings }: Services): void {
  const definition = {
    method: 'get',
    path: '/api/v1/beta/files/{file_id}/content',
    operationId: 'getFileContent',
    summary: 'Get a URL by which the bytes of a file can be had for a while',
    tags: ['Files'],
    params,
    query: contentQuerySchema,
    responses: { 200: { description: 'The URL', schema: presignedUrlSchema } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const file = found(await store.files.get(fileIdOf(params.file_id), query.project_id), 'File');
    const expirySeconds = query.expires_at_seconds;
    const options = { baseUrl: baseUrlOf(context, settings), secret: store.secret, expirySeconds };
    return context.json(makeDownloadUrl(file, options));
  });
}

function addDownload(app: DocketApp, services: Services): void {
  const definition = {
    method: 'get',
    path: '/api/local/files/{file_id}/download',
    operationId: 'downloadFile',
    summary: 'Get the bytes of a file by the URL that was made for that; needs no API key',
    tags: ['Local'],
    params,
    query: z.object({ expires: z.string().optional(), signature: z.string().optional() }),
    responses: {
      200: {
        description: 'The bytes',
        schema: z.string().openapi({ format: 'binary' }),
        contentType: '*/*',
      },
    },
    errors: [403, 404],
    access: 'open',
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const { file, read } = await openDownload(services, { fileId: params.file_id, ...query });
    const headers = contentHeaders(file);
    if (context.req.method === 'HEAD') return context.body(null, 200, headers);
    return context.body(Readable.toWeb(await read()) as ReadableStream<Uint8Array>, 200, headers);
  });
}
