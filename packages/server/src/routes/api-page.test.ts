import { expect, test } from 'vitest';
import { createApp } from '../app.js';
import { makeFakeServices } from '../testing/fake-services.js';

interface ApiDescription {
  readonly paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  readonly servers?: unknown;
}

const app = createApp(makeFakeServices());

test('describes every route under /api, with the errors that it gives', async () => {
  const response = await app.request('/openapi.json');
  expect(response.headers.get('content-type')).toBe('application/json');
  const document = (await response.json()) as ApiDescription;
  expect(document).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Docket', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  });
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const mounted = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  const pages = mounted.filter((route) => /^GET \/($|docs|openapi\.json|assets)/.test(route));
  expect(described.sort()).toEqual(mounted.filter((route) => !pages.includes(route)).sort());
  expect(document.paths['/api/v2/classify']?.['post']?.responses['422']).toBeDefined();
});

test('operation ids are unique', async () => {
  const { paths } = (await (await app.request('/openapi.json')).json()) as ApiDescription;
  const ids = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((operation) => operation.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('names the public address as the server', async () => {
  const services = makeFakeServices({ settings: { publicUrl: 'https://docket.example/prefix' } });
  const response = await createApp(services).request('/openapi.json', { headers: { host: 'docket.example' } });
  expect(((await response.json()) as ApiDescription).servers).toEqual([{ url: 'https://docket.example/prefix' }]);
});

test('the page loads from here alone', async () => {
  const response = await app.request('/docs');
  expect(response.headers.get('content-type')).toContain('text/html');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'none'; script-src 'self' 'sha256-[^']+';/);
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  const page = await response.text();
  expect(page).not.toMatch(/(https?:)?\/\/[a-z]/i);
  expect(page).toContain('"telemetry": false');
  expect(page).toContain('"withDefaultFonts": false');
});

test('its script comes from the package and stays in caches', async () => {
  const page = await (await app.request('/docs')).text();
  const source = /<script src="\.([^"]+)"/.exec(page)?.[1] ?? '';
  expect(source).toMatch(/^\/docs\/scalar-\d+\.\d+\.\d+\.js$/);
  const script = await app.request(source);
  expect(script.status).toBe(200);
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect((await script.text()).length).toBeGreaterThan(1_000_000);
});
