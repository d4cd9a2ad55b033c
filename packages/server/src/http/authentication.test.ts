import { timingSafeEqual } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { createApp } from '../app.js';
import { makeFakeServices } from '../testing/fake-services.js';
import { hashApiKey } from './api-keys.js';

vi.mock(import('node:crypto'), async (load) => {
  const crypto = await load();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const KEYS = { apiKeyHashes: ['first-secret', 'second-secret'].map(hashApiKey) };

function request(path: string, authorization?: string) {
  const app = createApp(makeFakeServices({ settings: KEYS }));
  return app.request(path, { headers: authorization ? { authorization } : {} });
}

test.each([undefined, 'first-secret', 'Basic Zmlyc3Qtc2VjcmV0', 'Bearer', 'Bearer '])(
  'no key in %j',
  async (authorization) => {
    const response = await request('/metrics', authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('docket-error-code')).toBe('auth.missing_key');
    expect(await response.json()).toEqual({ detail: 'Not authenticated' });
  },
);

test.each(['Bearer wrong', 'Bearer first-secre', 'Bearer first-secret,second-secret'])(
  'a wrong key in %j',
  async (authorization) => {
    const response = await request('/metrics', authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('docket-error-code')).toBe('auth.invalid_key');
    expect(await response.json()).toEqual({ detail: 'Invalid API Key' });
  },
);

test.each(['Bearer first-secret', 'Bearer second-secret', 'bearer  second-secret '])('%j is let in', async (given) => {
  expect((await request('/metrics', given)).status).toBe(200);
});

test.each(['/health', '/health/live', '/health/ready', '/openapi.json', '/docs'])('%s is open', async (path) => {
  expect((await request(path)).status).toBe(200);
});

test.each(['/nothing', '/api/v2/classify', '/api/v1/projects', '/api/local/classify/clj-1/explanation'])(
  '%s is not open',
  async (path) => {
    expect((await request(path)).status).toBe(401);
  },
);

test.each(['%0A', '%0D', '%0d%0a', '%E2%80%A8', '%E2%80%A9'])(
  'a line break in a path (%s) opens nothing',
  async (code) => {
    for (const path of [
      `/api/v2/classify/clj-1${code}`,
      `/api/v2/classify/${code}/cancel`,
      `/${code}`,
      `/docs/${code}`,
    ]) {
      const response = await request(path);
      expect(response.status, path).toBe(401);
      expect(response.headers.get('x-request-id'), path).toMatch(/\S/);
      expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
    }
  },
);

test('without keys, any header is taken', async () => {
  const app = createApp(makeFakeServices());
  expect((await app.request('/metrics', { headers: { authorization: 'Bearer llx-local' } })).status).toBe(200);
});

test.each(['first-secret', 'second-secret', 'first-secre', 'x'.repeat(5000)])(
  'the time tells nothing: each key is compared by its whole hash, whatever is given (%j)',
  async (given) => {
    vi.mocked(timingSafeEqual).mockClear();
    await request('/metrics', `Bearer ${given}`);
    const { calls } = vi.mocked(timingSafeEqual).mock;
    expect(calls.map(([known]) => known)).toEqual(KEYS.apiKeyHashes);
    expect(calls.map(([, hash]) => hash)).toEqual(KEYS.apiKeyHashes.map(() => hashApiKey(given)));
  },
);
