import type { Store } from '@docket/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONFIGURATION, createJob } from '../testing/jobs.js';
import { type TestAnswer, TestServer } from '../testing/test-server.js';

function expectOverload({ status, headers }: TestAnswer, code: string, retryAfterMs: number): void {
  expect(status).toBe(429);
  expect(headers.get('docket-error-code')).toBe(code);
  expect(headers.get('retry-after-ms')).toBe(String(retryAfterMs));
  expect(headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1000)));
}

describe('when as many jobs wait as may', () => {
  it('answers 429 with the time to wait, and a create that is known all the same', async () => {
    await using server = await TestServer.start({ maxPendingJobs: 2 });
    const file_input = await server.upload();
    const id = await createJob(server, { file_input, transaction_id: 'known' });
    await createJob(server, { file_input });
    const create = (body: object) =>
      server.call('POST', '/api/v2/classify', { body: { file_input, configuration: CONFIGURATION, ...body } });

    server.runner.jobsPerSecond = 0.01;
    const refused = await create({ transaction_id: 'new' });
    expectOverload(refused, 'capacity.too_many_jobs', 2000);
    expect(refused.json.detail).toBe('Too many jobs are waiting (2); try again later');
    server.runner.jobsPerSecond = 1000;
    expectOverload(await create({}), 'capacity.too_many_jobs', 500);
    server.runner.jobsPerSecond = 0;
    expectOverload(await create({}), 'capacity.too_many_jobs', 60_000);

    const known = await create({ transaction_id: 'known' });
    expect([known.status, known.json.id]).toEqual([200, id]);
    await server.call('POST', `/api/v2/classify/${id}/cancel`);
    expect((await create({ transaction_id: 'new' })).status).toBe(200);
  });
});

describe('when the disk is nearly full', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes neither jobs nor files nor parse jobs, and answers a create that is known', async () => {
    let isFull = false;
    const wrap = (store: Store): Store =>
      new Proxy(store, {
        get: (target, key) => {
          if (key === 'freeBytes') return async () => (isFull ? 99 * 1024 ** 2 : 1024 ** 3);
          const value = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    await using server = await TestServer.start({ minFreeBytes: 100 * 1024 ** 2 }, wrap);
    const file_input = await server.upload();
    const body = { file_input, configuration: CONFIGURATION, transaction_id: 'known' };
    const { json } = await server.call('POST', '/api/v2/classify', { body });
    isFull = true;
    // An answer about free space is good for a second.
    vi.advanceTimersByTime(1000);
    const refused = await server.call('POST', '/api/v2/classify', { body: { ...body, transaction_id: null } });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('docket-error-code')).toBe('capacity.disk_full');
    expect(refused.json.detail).toMatch(/^The disk is nearly full: 99 MiB are free and 100 MiB are kept free/);

    const form = new FormData();
    form.append('file', new Blob(['x']), 'x.txt');
    form.append('purpose', 'classify');
    expect((await server.call('POST', '/api/v1/beta/files', { form })).status).toBe(429);
    const parse = { tier: 'fast', version: 'latest', file_id: file_input };
    expect((await server.call('POST', '/api/v2/parse', { body: parse })).status).toBe(429);

    const known = await server.call('POST', '/api/v2/classify', { body });
    expect([known.status, known.json.id]).toEqual([200, json.id]);
  });
});
