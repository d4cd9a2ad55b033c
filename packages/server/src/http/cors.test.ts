import { expect, test } from 'vitest';
import { createApp } from '../app.js';
import { makeFakeServices } from '../testing/fake-services.js';
import { hashApiKey } from './api-keys.js';

const ALLOWED = 'https://intranet.example';

function send(path: string, init: RequestInit, allowOrigins = [ALLOWED]) {
  return createApp(
    makeFakeServices({ settings: { allowOrigins, apiKeyHashes: [hashApiKey('a-secret-key')] } }),
  ).request(path, init);
}

function preflight(origin: string, requestedHeaders: string, allowOrigins?: string[]) {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': requestedHeaders,
  };
  return send('/api/v2/classify', { method: 'OPTIONS', headers }, allowOrigins);
}

test('a preflight of a named origin may send what the clients send', async () => {
  const requested =
    'authorization,content-type,prefer,last-event-id,x-request-id,x-stainless-os,x-stainless-retry-count,x-evil';
  const response = await preflight(ALLOWED, requested);
  expect(response.status).toBe(204);
  const { headers } = response;
  expect(headers.get('access-control-allow-origin')).toBe(ALLOWED);
  expect(headers.get('access-control-allow-credentials')).toBe('true');
  expect(headers.get('access-control-allow-methods')).toContain('DELETE');
  expect(headers.get('access-control-allow-headers')).toBe(requested.replace(',x-evil', '').replaceAll(',', ', '));
  expect(headers.get('vary')).toContain('origin');
});

test.each(['https://evil.example', 'null', 'https://intranet.example.evil.example'])(
  'a preflight of %s is refused',
  async (origin) => {
    for (const allowOrigins of [[ALLOWED], [], ['null']]) {
      const response = await preflight(origin, 'authorization', allowOrigins);
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  },
);

test('named origins may read answers, also errors', async () => {
  for (const [path, status] of [
    ['/health', 200],
    ['/metrics', 401],
  ] as const) {
    const response = await send(path, { headers: { origin: ALLOWED } });
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(response.headers.get('access-control-expose-headers')).toContain('docket-error-code');
    expect(response.headers.get('vary')).toBe('origin');
  }
});

test('other origins may not', async () => {
  const response = await send('/health', { headers: { origin: 'https://evil.example' } });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(response.headers.get('vary')).toBe('origin');
});
