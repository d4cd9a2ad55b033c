import { expect, test } from 'vitest';
import { listen } from '../testing/listen.js';
import type { ServerNames } from './accepted-hosts.js';
import type { DocketApp } from './app-environment.js';
import { baseUrlOf } from './base-url.js';
import { createDocketApp } from './docket-app.js';

function makeApp(names: ServerNames): DocketApp {
  const app = createDocketApp();
  app.get('/', (context) => context.text(baseUrlOf(context, names)));
  return app;
}

async function baseUrl(host: string, names: ServerNames): Promise<string> {
  await using server = await listen(makeApp(names));
  const { text } = await server.send({ headers: { host: host.replace('PORT', String(server.port)) } });
  return text.replace(`:${server.port}`, ':PORT');
}

test('the public address comes first, with its path', async () => {
  const names = { host: '127.0.0.1', publicUrl: 'https://docket.example/prefix/' };
  expect(await baseUrl('localhost:PORT', names)).toBe('https://docket.example/prefix');
});

test('then the Host that the caller used', async () => {
  expect(await baseUrl('localhost:PORT', { host: '127.0.0.1' })).toBe('http://localhost:PORT');
  expect(await baseUrl('docket.localhost', { host: '127.0.0.1' })).toBe('http://docket.localhost');
});

test('a Host that is not of this server is not used', async () => {
  for (const host of ['evil.example', 'evil.example:PORT', 'localhost.evil.example']) {
    expect(await baseUrl(host, { host: '127.0.0.1' })).toBe('http://127.0.0.1:PORT');
    expect(await baseUrl(host, { host: '0.0.0.0' })).toBe('http://127.0.0.1:PORT');
    expect(await baseUrl(host, { host: 'fd00::1' })).toBe('http://[fd00::1]:PORT');
  }
});

test('works without a socket', async () => {
  const response = await makeApp({ host: '127.0.0.1' }).request('http://evil.example/');
  expect(await response.text()).toBe('http://127.0.0.1');
});
