import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ALLOWED_ORIGIN, RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';

const CLASSIFY = '/api/v2/classify';
const FILES = '/api/v1/beta/files';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** What the clients add to each request. */
const CLIENT_HEADERS = [
  'x-stainless-lang',
  'x-stainless-package-version',
  'x-stainless-os',
  'x-stainless-arch',
  'x-stainless-runtime',
  'x-stainless-runtime-version',
  'x-stainless-retry-count',
  'x-stainless-timeout',
  'x-stainless-read-timeout',
  'x-stainless-async',
];

/** What other sites may not do through the browser of somebody who reaches the server. */
export function declareSites(stage: Stage): void {
  const { call, upload } = callerOf(stage);

  describe('another site', () => {
    test.each(['rebound.example', 'rebound.example:8484', '127.0.0.1.rebound.example'])(
      'as the host %s gets a 403',
      async (host) => {
        const { status, body } = await askWithHost(`${stage.server.url}${CLASSIFY}`, host);
        expect([status, Object.keys(JSON.parse(body))]).toEqual([403, ['detail']]);
      },
    );

    test('cannot upload', async () => {
      const body = uploadForm();
      for (const headers of [
        { origin: 'https://elsewhere.example' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'null' },
      ]) {
        const answer = await call('POST', FILES, { headers, body });
        expect([answer.status, answer.headers.get('docket-error-code')]).toEqual([403, 'auth.forbidden_origin']);
      }
    });

    test('cannot cancel', async () => {
      const json = { file_input: await upload('manual-40p.pdf'), configuration: { rules: RULES } };
      const { id } = (await call('POST', CLASSIFY, { json })).body;
      const headers = { origin: 'https://elsewhere.example' };
      expect((await call('POST', `${CLASSIFY}/${id}/cancel`, { headers })).status).toBe(403);
      await expect
        .poll(async () => (await call('GET', `${CLASSIFY}/${id}`)).body.status, { timeout: 30_000 })
        .toBe('COMPLETED');
    });

    test('is not told of answers', async () => {
      const headers = { origin: 'https://elsewhere.example' };
      const { headers: answered } = await call('GET', CLASSIFY, { headers });
      expect(answered.get('access-control-allow-origin')).toBeNull();
    });

    test('is not another one when it is the server’s own', async () => {
      const body = uploadForm();
      const headers = { origin: stage.server.url, 'sec-fetch-site': 'same-origin' };
      expect((await call('POST', FILES, { headers, body })).status).toBe(201);
    });
  });

  test('a page of an allowed origin may call, with all headers that the clients send', async () => {
    const { call } = callerOf(stage, 'busy');
    const wanted = ['authorization', 'content-type', ...CLIENT_HEADERS];
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': wanted.join(',') };
    const { status, headers } = await call('OPTIONS', CLASSIFY, { headers: { origin: ALLOWED_ORIGIN, ...asked } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, ALLOWED_ORIGIN]);
    expect(headers.get('access-control-allow-headers')?.toLowerCase().split(/, */)).toEqual(
      expect.arrayContaining(wanted),
    );
    expect(headers.get('access-control-allow-methods')?.split(/, */)).toEqual(expect.arrayContaining(METHODS));
    const answer = await call('GET', CLASSIFY, { headers: { origin: ALLOWED_ORIGIN } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, ALLOWED_ORIGIN]);
    const body = uploadForm();
    expect(
      (await call('POST', FILES, { headers: { origin: ALLOWED_ORIGIN, 'sec-fetch-site': 'cross-site' }, body })).status,
    ).toBe(201);
    const other = await call('OPTIONS', CLASSIFY, { headers: { origin: 'https://elsewhere.example', ...asked } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
}

function uploadForm(): FormData {
  const form = new FormData();
  form.append('file', new File(['text'], 'a.txt'));
  form.append('purpose', 'classify');
  return form;
}

/** Asks with another host in the header, which `fetch` may not. */
function askWithHost(url: string, host: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}
