import { expect, test } from 'vitest';
import { createApp } from '../app.js';
import type { ServerSettings } from '../services.js';
import { makeFakeServices } from '../testing/fake-services.js';
import { listen, type RawResponse } from '../testing/listen.js';
import { hashApiKey } from './api-keys.js';

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly settings?: Partial<ServerSettings>;
}

async function send({ method = 'GET', path = '/health', headers = {}, settings = {} }: Sent): Promise<RawResponse> {
  await using server = await listen(createApp(makeFakeServices({ settings })));
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(server.port))]),
  );
  return await server.send({ method, path, headers: own });
}

const CANCEL = { method: 'POST', path: '/api/v2/classify/clj-1/cancel' };
const EVENTS = { method: 'GET', path: '/api/local/events' };
const COSTLY = ['state', 'samples', 'runs', 'runs/monday', 'runs/compare', 'files/dfl-1/pages/1/image'].map(
  (name) => [`reading ${name}`, { method: 'GET', path: `/api/local/${name}` }] as const,
);
const UPLOAD = { method: 'POST', path: '/api/v1/beta/files' };

test.each(['/health', '/docs', '/api/v2/classify', '/nothing'])('a rebound Host gets nothing from %s', async (path) => {
  const { status, headers, text } = await send({ path, headers: { host: 'rebound.example:8484' } });
  expect(status).toBe(403);
  expect(headers['docket-error-code']).toBe('auth.forbidden_host');
  expect(headers['x-request-id']).toBeDefined();
  expect(JSON.parse(text).detail).toContain('--public-url');
});

test.each(['localhost:PORT', '127.0.0.1:PORT', 'docket.localhost', '[::1]:99'])('Host %s is let in', async (host) => {
  expect((await send({ headers: { host } })).status).toBe(200);
});

test('the public address is let in', async () => {
  const settings = { publicUrl: 'https://docket.example/api' };
  expect((await send({ headers: { host: 'docket.example' }, settings })).status).toBe(200);
  expect((await send({ headers: { host: 'other.example' }, settings })).status).toBe(403);
});

test.each([['an upload', UPLOAD], ['a cancel', CANCEL], ['a stream of events', EVENTS], ...COSTLY])(
  '%s from a page of another origin is refused',
  async (_, request) => {
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'http://127.0.0.1', 'null']) {
      const { status, headers } = await send({ ...request, headers: { host: 'localhost:PORT', origin } });
      expect(status).toBe(403);
      expect(headers['docket-error-code']).toBe('auth.forbidden_origin');
    }
  },
);

test.each([['an upload', UPLOAD], ['a cancel', CANCEL], ['a stream of events', EVENTS], ...COSTLY])(
  '%s that the browser calls cross-site is refused',
  async (_, request) => {
    const { status } = await send({ ...request, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(status).toBe(403);
  },
);

test.each<Record<string, string>>([
  {},
  { host: 'localhost:PORT', origin: 'http://localhost:PORT', 'sec-fetch-site': 'same-origin' },
  { host: '127.0.0.1:PORT', origin: 'http://127.0.0.1:PORT' },
  { origin: 'https://intranet.example', 'sec-fetch-site': 'cross-site' },
  { host: 'localhost:PORT', origin: 'https://docket.example' },
])('a change with %j is let through', async (headers) => {
  const settings = { allowOrigins: ['https://intranet.example'], publicUrl: 'https://docket.example/prefix' };
  expect((await send({ method: 'DELETE', path: '/nothing', headers, settings })).status).toBe(404);
});

test('reading is not changing', async () => {
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const { status, headers: answered } = await send({ headers });
  expect(status).toBe(200);
  expect(answered['access-control-allow-origin']).toBeUndefined();
});

test('where a key is needed, the key decides', async () => {
  const settings = { apiKeyHashes: [hashApiKey('a-secret-key')] };
  const headers = { host: 'rebound.example', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await send({ ...CANCEL, headers, settings })).status).toBe(401);
  expect((await send({ path: '/health', headers, settings })).status).toBe(200);
});
