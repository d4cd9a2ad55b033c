import { DocketError } from '@docket/core';
import { expect, test } from 'vitest';
import { createApp } from '../app.js';
import { type FakeServicesOptions, makeFakeServices } from '../testing/fake-services.js';

async function readiness(options: FakeServicesOptions) {
  const response = await createApp(makeFakeServices(options)).request('/health/ready');
  return { status: response.status, json: await response.json() };
}

const OK = { status: 'ok' };

test.each(['/health', '/health/live'])('%s only says that the server answers', async (path) => {
  const response = await createApp(makeFakeServices()).request(path);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(OK);
});

test('ready when everything is', async () => {
  expect(await readiness({})).toEqual({ status: 200, json: { ...OK, checks: { database: OK, disk: OK, engine: OK } } });
});

test('not ready while the engine is being tested', async () => {
  const { status, json } = await readiness({ runner: { selfTest: new Promise(() => {}) } });
  expect(status).toBe(503);
  expect(json).toMatchObject({ status: 'starting', checks: { database: OK, engine: { status: 'starting' } } });
});

test('says which checks failed, and not more than that', async () => {
  const selfTest = Promise.reject(new DocketError('model.not_installed', '/home/secret'));
  const services = makeFakeServices({
    runner: { selfTest },
    store: { probe: () => Promise.reject(new Error('/home/secret')), freeBytes: async () => 5 * 1024 * 1024 },
    settings: { minFreeBytes: 10 * 1024 * 1024 },
  });
  const response = await createApp(services).request('/health/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    status: 'failed',
    checks: {
      database: { status: 'failed', reason: 'the database cannot be written' },
      disk: { status: 'failed', reason: '5 MiB are free where the data lies, and 10 MiB must be' },
      engine: { status: 'failed', reason: 'the engine did not pass its self-test (model.not_installed)' },
    },
  });
  expect(services.logged.filter((line) => line['level'] === 'warn')).toHaveLength(2);
});
