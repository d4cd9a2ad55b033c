import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DocketServer, startServer } from '../support/docket-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient } from './support/api-client.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { FORM_TYPE, formBytes } from './support/multipart.js';
import { type RawAnswer, sendRaw } from './support/raw-request.js';

const FRIEND = 'https://intranet.example';
const PUBLIC = 'https://docket.example';
const KEY = 'llx-a-key-of-the-tests';

type Headers = Readonly<Record<string, string>>;

let server: DocketServer;
let keyed: DocketServer;
let jobId: string;

beforeAll(async () => {
  const keyFolder = temporaryFolder({ 'keys.txt': KEY });
  [server, keyed] = await Promise.all([
    startServer({ args: ['--allow-origin', FRIEND, '--public-url', PUBLIC] }),
    startServer({ args: ['--api-key-file', `${keyFolder}/keys.txt`] }),
  ]);
  const client = new ApiClient(server.url);
  const { id: file_input } = await client.upload(tinyInvoice());
  jobId = (await client.classify({ file_input, configuration: CONFIGURATION })).id;
}, 90_000);

afterAll(async () => {
  await Promise.all([server, keyed].map((one) => one?.[Symbol.asyncDispose]()));
});

/** Requests of every kind that a web page could try. */
const requests = {
  read: (headers: Headers) => sendRaw(server.url, { method: 'GET', path: `/api/v2/classify/${jobId}`, headers }),
  list: (headers: Headers) => sendRaw(server.url, { method: 'GET', path: '/api/v1/beta/files', headers }),
  upload: (headers: Headers, url = server.url) =>
    sendRaw(
      url,
      { method: 'POST', path: '/api/v1/beta/files', headers: { 'content-type': FORM_TYPE, ...headers } },
      formBytes('page.txt', tinyInvoice().bytes),
    ),
  cancel: (headers: Headers) =>
    sendRaw(server.url, { method: 'POST', path: `/api/v2/classify/${jobId}/cancel`, headers }),
  delete: (headers: Headers) => sendRaw(server.url, { method: 'DELETE', path: `/api/v2/classify/${jobId}`, headers }),
  create: (headers: Headers) =>
    sendRaw(
      server.url,
      { method: 'POST', path: '/api/v2/classify', headers: { 'content-type': 'application/json', ...headers } },
      '{}',
    ),
};

type Kind = keyof typeof requests;

const all = Object.keys(requests) as Kind[];
const changing: Kind[] = ['upload', 'cancel', 'delete', 'create'];

async function filesThere(): Promise<number> {
  return JSON.parse((await requests.list({})).body).total_size;
}

function expectForbidden(answer: RawAnswer, code: string): void {
  expect(answer.status, answer.body).toBe(403);
  expect(answer.headers['docket-error-code']).toBe(code);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect(answer.headers['x-request-id']).toMatch(/\S/);
}

describe('a name that somebody else points at this machine', () => {
  test.each(all)('gets nothing: %s', async (kind) => {
    const files = await filesThere();
    for (const host of [
      'attacker.example',
      'attacker.example:8484',
      '127.0.0.1.attacker.example',
      'localhost.attacker.example',
    ]) {
      expectForbidden(await requests[kind]({ host }), 'auth.forbidden_host');
    }
    expect(await filesThere()).toBe(files);
    expect((await requests.read({})).status).toBe(200);
  });

  test('the names of this server are taken: loopback, the bound address, the public URL', async () => {
    const { port } = new URL(server.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST', '[::1]:9', 'docket.example']) {
      expect((await requests.read({ host })).status, host).toBe(200);
    }
  });
});

describe('a web page of another origin', () => {
  test.each(changing)('changes nothing: %s', async (kind) => {
    const files = await filesThere();
    const { port } = new URL(server.url);
    const foreign: Headers[] = [
      { origin: 'https://attacker.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${Number(port) + 1}` },
      { origin: 'https://intranet.example.attacker.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: server.url, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) expectForbidden(await requests[kind](headers), 'auth.forbidden_origin');
    expect(await filesThere()).toBe(files);
    expect(JSON.parse((await requests.read({})).body)).toMatchObject({ id: jobId, status: 'COMPLETED' });
  });

  test('cannot read either: answers carry no permission, preflights are refused', async () => {
    const { headers } = await requests.read({ origin: 'https://attacker.example' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await sendRaw(server.url, {
      method: 'OPTIONS',
      path: '/api/v2/classify',
      headers: { origin: 'https://attacker.example', 'access-control-request-method': 'POST' },
    });
    expectForbidden(preflight, 'auth.forbidden_origin');
  });

  test('JSON in disguise is refused: forms can send it without asking', async () => {
    const answer = await requests.create({ 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
  });

  test.each([
    { whose: 'its own', headers: () => ({ origin: server.url, 'sec-fetch-site': 'same-origin' }) },
    { whose: 'its public one', headers: () => ({ origin: PUBLIC }) },
    { whose: 'one that is allowed', headers: () => ({ origin: FRIEND, 'sec-fetch-site': 'cross-site' }) },
    { whose: 'none: a program', headers: () => ({}) },
  ])('may upload when its origin is $whose', async ({ headers }) => {
    const { status, body } = await requests.upload(headers());
    expect(status, body).toBe(201);
  });

  test('of an allowed origin may read, and is told so', async () => {
    const { headers, status } = await requests.read({ origin: FRIEND });
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe(FRIEND);
    const preflight = await sendRaw(server.url, {
      method: 'OPTIONS',
      path: '/api/v2/classify',
      headers: {
        origin: FRIEND,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-stainless-retry-count',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('x-stainless-retry-count');
  });
});

describe('a server with API keys', () => {
  test('goes by the key alone', async () => {
    const foreign = { host: 'docket.example', origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site' };
    expect((await requests.upload(foreign, keyed.url)).status).toBe(401);
    expect((await requests.upload({ ...foreign, authorization: `Bearer ${KEY}` }, keyed.url)).status).toBe(201);
  });
});

describe('download URLs', () => {
  test('are built from the public URL, never from what a caller claims', async () => {
    const { id } = await new ApiClient(server.url).upload(tinyInvoice());
    const path = `/api/v1/beta/files/${id}/content`;
    const headers = { 'x-forwarded-host': 'attacker.example', forwarded: 'host=attacker.example' };
    const { body } = await sendRaw(server.url, { method: 'GET', path, headers });
    expect(JSON.parse(body).url).toMatch(/^https:\/\/docket\.example\//);
    const rebound = await sendRaw(server.url, { method: 'GET', path, headers: { host: 'attacker.example' } });
    expectForbidden(rebound, 'auth.forbidden_host');
  });
});
