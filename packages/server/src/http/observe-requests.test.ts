import { expect, test } from 'vitest';
import { createApp } from '../app.js';
import { makeFakeServices } from '../testing/fake-services.js';
import { listen } from '../testing/listen.js';

test('logs what was asked by its pattern, and nothing of what the caller wrote', async () => {
  const services = makeFakeServices({ store: { jobs: { get: async () => undefined } as never } });
  const app = createApp(services);
  const response = await app.request('/api/v2/classify/clj-secret-id?status=secret-query', {
    headers: { 'x-request-id': 'trace-1', authorization: 'Bearer secret-key', 'user-agent': 'secret-agent' },
  });
  expect(response.status).toBe(404);
  expect(services.logged).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      requestId: 'trace-1',
      method: 'GET',
      route: '/api/v2/classify/:job_id',
      status: 404,
      durationMs: expect.any(Number),
      bytes: 0,
      msg: 'request',
    },
  ]);
});

test('measures by pattern, and made-up paths as one', async () => {
  const services = makeFakeServices();
  const app = createApp(services);
  await app.request('/made-up-1');
  await app.request('/made-up-2');
  await app.request('/health');
  const scraped = await services.metrics.scrape();
  expect(scraped).toContain('docket_http_request_seconds_count{method="GET",route="unknown",status="404"} 2');
  expect(scraped).toContain('docket_http_request_seconds_count{method="GET",route="/health",status="200"} 1');
  expect(scraped).not.toContain('made-up');
});

test('counts the bytes that went over the socket', async () => {
  const services = makeFakeServices();
  {
    await using server = await listen(createApp(services));
    await server.send({ path: '/openapi.json' });
  }
  expect(services.logged[0]).toMatchObject({ route: '/openapi.json', status: 200 });
  expect(services.logged[0]?.['bytes']).toBeGreaterThan(1000);
});

test('an unexpected error is logged with its stack and the request id', async () => {
  const services = makeFakeServices();
  const response = await createApp(services).request('/api/v2/classify/clj-1', {
    headers: { 'x-request-id': 'trace-2' },
  });
  expect(response.status).toBe(500);
  expect(services.logged[0]).toMatchObject({
    level: 'error',
    requestId: 'trace-2',
    err: { type: 'TypeError', message: expect.any(String), stack: expect.stringMatching(/^\s+at /) },
  });
});
