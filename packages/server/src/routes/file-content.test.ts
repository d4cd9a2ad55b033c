import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { signDownload } from '../files/download-signature.js';
import { hashApiKey } from '../http/api-keys.js';
import { problemsOf } from '../testing/entries.js';
import { TestServer } from '../testing/test-server.js';

const WEEK_SECONDS = 7 * 24 * 3600;

describe('GET /api/v1/beta/files/{id}/content', () => {
  let server: TestServer;
  let fileId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    fileId = await server.upload('Rechnung März.txt', 'the bytes');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const content = (id: string, query = {}) => server.call('GET', `/api/v1/beta/files/${id}/content`, { query });
  const secondsLeft = (json: { expires_at: string }) => (Date.parse(json.expires_at) - Date.now()) / 1000;

  it('answers a URL that works without a key and streams the bytes with type and name', async () => {
    const { status, json } = await content(fileId);
    expect([status, json.form_fields]).toEqual([200, null]);
    expect(new URL(json.url).origin).toBe(server.url);
    const download = await fetch(json.url);
    expect(download.status).toBe(200);
    expect(await download.text()).toBe('the bytes');
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '9',
      'content-disposition': `attachment; filename="Rechnung M_rz.txt"; filename*=UTF-8''Rechnung%20M%C3%A4rz.txt`,
      'x-content-type-options': 'nosniff',
    });
  });

  it('answers HEAD without the bytes', async () => {
    const { json } = await content(fileId);
    const head = await fetch(json.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '9', '']);
  });

  it('works for an hour, or as long as is wanted', async () => {
    const hour = secondsLeft((await content(fileId)).json);
    expect(hour).toBeGreaterThan(3500);
    expect(hour).toBeLessThanOrEqual(3600);
    const week = secondsLeft((await content(fileId, { expires_at_seconds: String(WEEK_SECONDS) })).json);
    expect(week).toBeGreaterThan(WEEK_SECONDS - 100);
  });

  it.each([
    ['0', 'greater_than_equal'],
    ['-5', 'greater_than_equal'],
    [String(WEEK_SECONDS + 1), 'less_than_equal'],
    ['soon', 'int_parsing'],
  ])('refuses to expire in %s seconds', async (expires_at_seconds, problem) => {
    const answer = await content(fileId, { expires_at_seconds });
    expect(answer.status).toBe(422);
    expect(problemsOf(answer)).toEqual([`query.expires_at_seconds ${problem}`]);
  });

  it('knows a file by its bare UUID, in its project alone', async () => {
    expect((await content(fileId.slice('dfl-'.length))).status).toBe(200);
    expect((await content(fileId, { project_id: 'prj-other' })).json).toEqual({ detail: 'File not found' });
    expect((await content('dfl-unknown')).status).toBe(404);
  });

  it('needs a key where keys are needed, but the download does not', async () => {
    await using locked = await TestServer.start({ apiKeyHashes: [hashApiKey('the key')] });
    const headers = { authorization: 'Bearer the key' };
    const form = new FormData();
    form.append('file', new Blob(['locked']), 'x.txt');
    form.append('purpose', 'classify');
    const { json: file } = await locked.call('POST', '/api/v1/beta/files', { form, headers });
    const path = `/api/v1/beta/files/${file.id}/content`;
    expect((await locked.call('GET', path)).status).toBe(401);
    const { json } = await locked.call('GET', path, { headers });
    expect(await (await fetch(json.url)).text()).toBe('locked');
  });

  it('begins with the public address where there is one', async () => {
    await using proxied = await TestServer.start({ publicUrl: 'https://docket.example/base' });
    const id = await proxied.upload();
    const { json } = await proxied.call('GET', `/api/v1/beta/files/${id}/content`);
    expect(json.url).toMatch(new RegExp(`^https://docket\\.example/base/api/local/files/${id}/download\\?`));
  });
});

describe('GET /api/local/files/{id}/download', () => {
  let server: TestServer;
  let fileId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    fileId = await server.upload();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const download = (id: string, query: Record<string, string>) =>
    server.call('GET', `/api/local/files/${id}/download`, { query });
  const grant = (id: string, seconds: number) => {
    const expires = Math.floor(Date.now() / 1000) + seconds;
    return { expires: String(expires), signature: signDownload({ fileId: id, expires }, server.store.secret) };
  };

  it.each([
    ['nothing', () => ({})],
    ['no signature', () => ({ expires: grant(fileId, 60).expires })],
    ['a wrong signature', () => ({ ...grant(fileId, 60), signature: 'x'.repeat(43) })],
    ['the signature of another file', () => grant('dfl-other', 60)],
    ['another time', () => ({ ...grant(fileId, 60), expires: String(Math.floor(Date.now() / 1000) + 999) })],
    ['a time that is none', () => ({ ...grant(fileId, 60), expires: '1e12' })],
    ['a signature that has expired', () => grant(fileId, -1)],
  ])('refuses %s', async (_what, query) => {
    const { status, json, headers } = await download(fileId, query());
    expect(status).toBe(403);
    expect(json.detail).toBe('The download URL is invalid or has expired; ask for a new one');
    expect(headers.get('docket-error-code')).toBe('auth.invalid_signature');
  });

  it('stops when its time is over, by the clock of the server', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:00Z') });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const query = { expires_at_seconds: '60' };
    const { json } = await server.call('GET', `/api/v1/beta/files/${fileId}/content`, { query });
    expect(json.expires_at).toBe('2030-01-01T00:01:00.000Z');
    const statusAfter = async (seconds: number) => {
      vi.setSystemTime(Date.parse('2030-01-01T00:00:00Z') + seconds * 1000);
      return (await fetch(json.url)).status;
    };
    expect([await statusAfter(59), await statusAfter(60), await statusAfter(3600)]).toEqual([200, 403, 403]);
  });

  it('says when the file is gone', async () => {
    const id = await server.upload('gone.txt', 'something of its own');
    const query = grant(id, 60);
    await server.call('DELETE', `/api/v1/beta/files/${id}`);
    const { status, json } = await download(id, query);
    expect([status, json]).toEqual([404, { detail: 'File not found' }]);
  });
});
