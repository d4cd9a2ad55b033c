import { describe, expect, test } from 'vitest';
import { API_KEY, RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';

const CLASSIFY = '/api/v2/classify';
const FILES = '/api/v1/beta/files';
const JSON_LIMIT = 10 * 1024 * 1024;

/** What the clients never see: headers, unknown routes, bodies of other kinds, keys. */
export function declareHttp(stage: Stage): void {
  const { call, upload } = callerOf(stage);

  describe('requests', () => {
    test('have an id, the caller’s own where it gives one', async () => {
      const [one, other] = [await call('GET', CLASSIFY), await call('GET', CLASSIFY)];
      expect(one.headers.get('x-request-id')).not.toBe(other.headers.get('x-request-id'));
      const own = await call('GET', CLASSIFY, { headers: { 'x-request-id': 'intake-7' } });
      expect(own.headers.get('x-request-id')).toBe('intake-7');
      const hostile = await call('GET', CLASSIFY, { headers: { 'x-request-id': 'a b "c"' } });
      expect(hostile.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
    });

    test('of an unknown route get a 404', async () => {
      for (const path of ['/api/v2/nothing', '/nothing', '/api/v2/classify/x/y/z']) {
        const { status, body } = await call('GET', path);
        expect([status, body]).toEqual([404, { detail: 'Not Found' }]);
      }
    });

    test('of a known route with another method get a 405', async () => {
      const { status, body, headers } = await call('PUT', CLASSIFY, { json: {} });
      expect([status, body]).toEqual([405, { detail: 'Method Not Allowed' }]);
      expect(headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'POST']));
    });

    test('with a body that is too large get a 413', async () => {
      const json = { file_input: 'x', configuration: { rules: RULES, filler: 'x'.repeat(JSON_LIMIT) } };
      const { status, headers } = await call('POST', CLASSIFY, { json });
      expect([status, headers.get('docket-error-code')]).toEqual([413, 'request.too_large']);
    });

    test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'with a body of type %s get a 415 where JSON is wanted',
      async (type) => {
        const body = JSON.stringify({ file_input: 'x', configuration: { rules: RULES } });
        const { status } = await call('POST', CLASSIFY, { headers: { 'content-type': type }, body });
        expect(status).toBe(415);
      },
    );

    test('with a JSON body have no parts where a form is wanted', async () => {
      const { status, body } = await call('POST', FILES, { json: {} });
      expect([status, body.detail.map(({ loc }: { loc: string[] }) => loc[1])]).toEqual([422, ['file', 'purpose']]);
    });

    test('have their path taken off the names of files', async () => {
      const body = ['--x', 'content-disposition: form-data; name="purpose"', '', 'classify', '--x'].join('\r\n');
      const file = [
        '',
        'content-disposition: form-data; name="file"; filename="../../etc/Ünder.txt"',
        '',
        'text',
        '--x--',
        '',
      ];
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      const answer = await call('POST', FILES, { headers, body: `${body}${file.join('\r\n')}` });
      expect([answer.status, answer.body.name]).toEqual([201, 'Ünder.txt']);
    });
  });

  describe('a download address', () => {
    test('is signed, and knows its own host', async () => {
      const id = await upload('invoice-1p.pdf');
      const url = new URL((await call('GET', `${FILES}/${id}/content`)).body.url);
      expect(url.origin).toBe(stage.server.url);
      const forged = new URL(url);
      for (const [key, value] of url.searchParams) forged.searchParams.set(key, `${value}0`);
      const { status, headers } = await call('GET', forged.href.slice(url.origin.length));
      expect([status, headers.get('docket-error-code')]).toEqual([403, 'auth.invalid_signature']);
      const whole = await call('GET', url.href.slice(url.origin.length));
      expect([whole.status, whole.headers.get('content-disposition')?.slice(0, 10)]).toEqual([200, 'attachment']);
    });
  });

  declareKeys(stage);
}

function declareKeys(stage: Stage): void {
  const { call } = callerOf(stage, 'keyed');

  describe('a server with keys', () => {
    test.each([
      ['no key', {}, 'Not authenticated'],
      ['another scheme', { authorization: `Basic ${API_KEY}` }, 'Not authenticated'],
      ['a wrong key', { authorization: 'Bearer llx-wrong' }, 'Invalid API Key'],
      ['a part of the key', { authorization: `Bearer ${API_KEY.slice(0, -1)}` }, 'Invalid API Key'],
    ])('refuses %s', async (_what, headers: Record<string, string>, detail) => {
      const answer = await call('GET', CLASSIFY, { headers });
      expect([answer.status, answer.body]).toEqual([401, { detail }]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    });

    test('takes the key', async () => {
      expect((await call('GET', CLASSIFY, { headers: { authorization: `Bearer ${API_KEY}` } })).status).toBe(200);
    });

    test('tells about its health without one', async () => {
      for (const path of ['/health/live', '/health/ready']) expect((await call('GET', path)).status).toBe(200);
    });
  });
}
