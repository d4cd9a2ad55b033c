import { z } from '@hono/zod-openapi';
import { found } from '../classification/scope.js';
import { readSample, readSampleRules, SAMPLE_DOCUMENTS } from '../console/samples.js';
import { contentHeaders } from '../files/content-headers.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import type { Services } from '../services.js';

const tags = ['Local'];
const path = '/api/local/samples';

const samplesSchema = z
  .strictObject({
    rules: z.array(z.strictObject({ type: z.string(), description: z.string() })),
    documents: z.array(z.strictObject({ name: z.string(), content_type: z.string(), url: z.string() })),
  })
  .openapi('Samples');

/** A rule set and two documents, so that there is something to try. */
export function addSampleRoutes(app: DocketApp, { foreground }: Services): void {
  addList(app, foreground);
  addDocument(app);
}

function addList(app: DocketApp, foreground: Services['foreground']): void {
  const definition = {
    method: 'get',
    path,
    operationId: 'getSamples',
    summary: 'A rule set and documents to try it on',
    tags,
    responses: { 200: { description: 'Rules, and where the documents are', schema: samplesSchema } },
  } as const;
  defineEndpoint(app, definition, async ({ context }) => {
    // Who asks for them is about to try something.
    foreground.prepare();
    const rules = (await readSampleRules()).map(({ type, description }) => ({ type, description }));
    const documents = SAMPLE_DOCUMENTS.map(({ name, contentType }) => {
      return { name, content_type: contentType, url: `${path}/${name}` };
    });
    return context.json({ rules, documents });
  });
}

function addDocument(app: DocketApp): void {
  const definition = {
    method: 'get',
    path: `${path}/{name}`,
    operationId: 'getSample',
    summary: 'A document to try rules on',
    tags,
    params: z.object({ name: z.string() }),
    responses: {
      200: {
        description: 'The bytes',
        schema: z.string().openapi({ format: 'binary' }),
        contentType: '*/*',
      },
    },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, context }) => {
    const sample = found(
      SAMPLE_DOCUMENTS.find(({ name }) => name === params.name),
      'Sample',
    );
    const bytes = await readSample(sample);
    return context.body(new Uint8Array(bytes), 200, contentHeaders({ name: sample.name, size: bytes.length }));
  });
}
