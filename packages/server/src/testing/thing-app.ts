import { DocketError } from '@docket/core';
import { z } from '@hono/zod-openapi';
import type { DocketApp } from '../http/app-environment.js';
import { createDocketApp, defineEndpoint } from '../http/endpoint.js';
import { flag, instant, integer, list, literal, text } from '../http/fields.js';

const ruleSchema = z.object({ type: text({ min: 1, max: 50 }), description: text({ min: 10, max: 500 }) });

const configurationSchema = z.object({
  rules: list(ruleSchema, { min: 1 }),
  mode: literal('FAST').default('FAST'),
  parsing_configuration: z.object({ lang: text().default('en'), max_pages: integer({ min: 1 }).nullish() }).nullish(),
});

const bodySchema = z.object({
  name: text({ max: 5 }).nullish(),
  configuration: configurationSchema,
  parameters: z
    .discriminatedUnion('product_type', [
      z.object({ product_type: z.literal('classify_v2'), rules: list(ruleSchema, { min: 1 }) }),
      z.looseObject({ product_type: z.literal('parse_v2') }),
    ])
    .nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
});

const querySchema = z.object({
  page_size: integer({ min: 1, max: 100 }).default(50),
  status: literal('PENDING', 'RUNNING', 'COMPLETED').optional(),
  job_ids: list(text()).optional(),
  created: instant().optional(),
  latest_only: flag().default(false),
});

/** An application whose endpoints take every kind of field there is. */
export function makeThingApp(): DocketApp {
  const app = createDocketApp();
  defineEndpoint(
    app,
    {
      method: 'post',
      path: '/things',
      operationId: 'createThing',
      summary: 'Creates a thing',
      tags: ['Things'],
      query: querySchema,
      body: bodySchema,
      responses: { 200: { description: 'The thing', schema: bodySchema } },
    },
    ({ query, body, context }) => context.json({ query, body }, 200),
  );
  defineEndpoint(
    app,
    {
      method: 'get',
      path: '/things/{thing_id}',
      operationId: 'getThing',
      summary: 'One thing',
      tags: ['Things'],
      params: z.object({ thing_id: z.string().max(200) }),
      query: querySchema,
      responses: { 200: { description: 'The thing', schema: z.object({ id: z.string() }) } },
      errors: [404],
    },
    ({ params, query, context }) => context.json({ id: params.thing_id, query }, 200),
  );
  defineEndpoint(
    app,
    {
      method: 'post',
      path: '/things/{thing_id}/cancel',
      operationId: 'cancelThing',
      summary: 'Cancels a thing',
      tags: ['Things'],
      params: z.object({ thing_id: z.string() }),
      responses: { 200: { description: 'The thing' } },
    },
    ({ body, context }) => context.json({ body: body ?? null }, 200),
  );
  defineEndpoint(
    app,
    {
      method: 'get',
      path: '/failing/{code}',
      operationId: 'fail',
      summary: 'Fails',
      tags: ['Things'],
      params: z.object({ code: z.string() }),
      responses: { 204: { description: 'Never' } },
    },
    ({ params }) => {
      if (params.code === 'error') throw new Error('secret text');
      throw new DocketError('state.ended', 'Job is already COMPLETED and cannot be cancelled');
    },
  );
  return app;
}

/** A rule that is valid. */
export const RULE = { type: 'invoice', description: 'has an invoice number' };
/** A body that is valid. */
export const VALID_BODY = { configuration: { rules: [RULE] } };

/** Sends a body. */
export async function post(body: unknown, query = ''): Promise<{ status: number; json: unknown }> {
  const response = await makeThingApp().request(`/things${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

/** Sends a query. */
export async function get(query: string): Promise<{ status: number; json: unknown }> {
  const response = await makeThingApp().request(`/things/x${query}`);
  return { status: response.status, json: await response.json() };
}
