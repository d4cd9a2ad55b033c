import { expect, test } from 'vitest';
import { get, makeThingApp, post, RULE, VALID_BODY } from '../testing/thing-app.js';
import { createDocketApp } from './endpoint.js';

test('gives handlers what the schemas made of a request', async () => {
  const { status, json } = await post({ ...VALID_BODY, unknown: 1 }, '?page_size=7&latest_only=yes');
  expect(status).toBe(200);
  expect(json).toEqual({
    query: { page_size: 7, latest_only: true },
    body: { configuration: { rules: [RULE], mode: 'FAST' } },
  });
});

test('a byte order mark is no fault, bytes that are no UTF-8 are', async () => {
  const send = (body: Uint8Array<ArrayBuffer>) =>
    makeThingApp().request('/things', { method: 'POST', headers: { 'content-type': 'application/merge+json' }, body });
  const bytes = new TextEncoder().encode(`\uFEFF${JSON.stringify(VALID_BODY)}`);
  expect((await send(bytes)).status).toBe(200);
  const broken = new Uint8Array([...bytes, 0xff]);
  expect(await (await send(broken)).json()).toMatchObject({ detail: [{ type: 'json_invalid' }] });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a JSON endpoint takes no %s',
  async (contentType) => {
    const response = await makeThingApp().request('/things', {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: JSON.stringify(VALID_BODY),
    });
    expect(response.status).toBe(415);
    expect(response.headers.get('docket-error-code')).toBe('request.unsupported_media_type');
  },
);

test('an endpoint without body reads none, whatever is declared', async () => {
  const response = await makeThingApp().request('/things/x/cancel', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect(await response.json()).toEqual({ body: null });
});

test('empty query values are absent; lists come in three ways', async () => {
  expect((await get('?page_size=&status=&job_ids=&created=')).json).toMatchObject({ query: { page_size: 50 } });
  for (const query of ['?job_ids=a&job_ids=b', '?job_ids[]=a&job_ids%5B%5D=b', '?job_ids=a,b', '?job_ids=a%2C%20b']) {
    expect((await get(query)).json).toMatchObject({ query: { job_ids: ['a', 'b'] } });
  }
  expect((await get('?page_size=1&page_size=2')).json).toMatchObject({ query: { page_size: 2 } });
});

test('unknown routes and methods', async () => {
  const unknown = await makeThingApp().request('/nothing');
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toEqual({ detail: 'Not Found' });
  const wrongMethod = await makeThingApp().request('/things/x', { method: 'DELETE' });
  expect(wrongMethod.status).toBe(405);
  expect(wrongMethod.headers.get('allow')).toBe('GET, HEAD');
  expect(await wrongMethod.json()).toEqual({ detail: 'Method Not Allowed' });
  expect((await makeThingApp().request('/things/x', { method: 'HEAD' })).status).toBe(200);
});

test('ids in paths are opaque', async () => {
  const idOf = async (path: string) => {
    const response = await makeThingApp().request(`/things/${path}`);
    return ((await response.json()) as { id: string }).id;
  };
  expect(await idOf('a%20b%2Fc')).toBe('a b/c');
  expect(await idOf('%E2%82%AC')).toBe('€');
  expect(await idOf('100%25')).toBe('100%');
  expect((await makeThingApp().request('/things/%2e%2e')).status).toBe(404);
  expect((await makeThingApp().request(`/things/${'x'.repeat(201)}`)).status).toBe(404);
});

test('errors that have a code are told, others only that they happened', async () => {
  const conflict = await makeThingApp().request('/failing/conflict');
  expect(conflict.status).toBe(409);
  expect(conflict.headers.get('x-should-retry')).toBe('false');
  expect(await conflict.json()).toEqual({ detail: 'Job is already COMPLETED and cannot be cancelled' });
  const logged: unknown[] = [];
  const app = createDocketApp({ logger: { error: (entry: unknown) => void logged.push(entry) } });
  app.get('/', () => {
    throw new Error('secret text');
  });
  const failure = await app.request('/', { headers: { 'x-request-id': 'abc.1' } });
  expect(failure.status).toBe(500);
  expect(await failure.json()).toEqual({ detail: 'Internal server error (request abc.1)' });
  expect(logged).toEqual([{ requestId: 'abc.1', err: expect.any(Error) }]);
});

test('every answer has a request id: the one of the caller when it is harmless', async () => {
  const idOf = async (path: string, given?: string) =>
    (await makeThingApp().request(path, { headers: given ? { 'x-request-id': given } : {} })).headers.get(
      'x-request-id',
    );
  expect(await idOf('/things/x', 'trace:1.a-b_c')).toBe('trace:1.a-b_c');
  expect(await idOf('/things/x', 'a b')).toMatch(/^[\da-f-]{36}$/);
  expect(await idOf('/nothing', 'x'.repeat(129))).toMatch(/^[\da-f-]{36}$/);
  expect(await idOf('/failing/error')).toMatch(/^[\da-f-]{36}$/);
});

test('the schemas that validate are the ones in the description', () => {
  const document = makeThingApp().getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } });
  const post = document.paths?.['/things']?.post;
  expect(post?.parameters).toMatchObject([
    {
      name: 'page_size',
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
    },
    { name: 'status', schema: { type: 'string', enum: ['PENDING', 'RUNNING', 'COMPLETED'] } },
    { name: 'job_ids', schema: { type: 'array', items: { type: 'string' } } },
    { name: 'created', schema: { type: 'string', format: 'date-time' } },
    { name: 'latest_only', schema: { type: 'boolean', default: false } },
  ]);
  const { requestBody } = post as { requestBody: { content: Record<string, { schema: object }> } };
  expect(requestBody.content['application/json']?.schema).toMatchObject({
    required: ['configuration'],
    properties: {
      name: { type: ['string', 'null'], maxLength: 5 },
      configuration: {
        required: ['rules'],
        properties: {
          rules: {
            type: 'array',
            minItems: 1,
            items: {
              required: ['type', 'description'],
              properties: { description: { type: 'string', minLength: 10, maxLength: 500 } },
            },
          },
          mode: { type: 'string', enum: ['FAST'], default: 'FAST' },
          parsing_configuration: {
            type: ['object', 'null'],
            properties: { lang: { default: 'en' }, max_pages: { type: ['integer', 'null'], minimum: 1 } },
          },
        },
      },
    },
  });
  expect(Object.keys(post?.responses ?? {})).toEqual(['200', '401', '413', '415', '422', '503']);
});
