import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleFiles } from '../console/console-files.js';
import { hashApiKey } from '../http/api-keys.js';
import { authenticate } from '../http/authentication.js';
import { createDocketApp } from '../http/docket-app.js';
import { guardRequests } from '../http/request-guard.js';
import { addConsoleRoutes } from './console.js';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2000))})`;

describe('the console at /', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-console-'));
    await mkdir(join(folder, 'dist/assets'), { recursive: true });
    await writeFile(join(folder, 'dist/index.html'), '<!doctype html><title>Docket</title>');
    await writeFile(join(folder, 'dist/assets/index-Bx3k9aQ1.js'), SCRIPT);
    await writeFile(join(folder, 'dist/assets/plain.css'), 'a{}');
    await writeFile(join(folder, 'secret.txt'), 'not yours');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const makeApp = (built = join(folder, 'dist')) => {
    const app = createDocketApp();
    addConsoleRoutes(app, new ConsoleFiles(built));
    return app;
  };
  const get = (path: string, headers: Record<string, string> = {}) => makeApp().request(path, { headers });

  it('hands out the page under a policy that runs nothing of others and no inline script', async () => {
    const answer = await get('/');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>Docket</title>');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('lets browsers keep what is named after its content, and packs it for those who take that', async () => {
    const packed = await get('/assets/index-Bx3k9aQ1.js', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(SCRIPT);
    const plain = await get('/assets/index-Bx3k9aQ1.js', { 'accept-encoding': 'gzip;q=0' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(SCRIPT);
    expect(plain.headers.get('etag')).not.toBe(packed.headers.get('etag'));
    const known = { 'accept-encoding': 'gzip', 'if-none-match': packed.headers.get('etag') ?? '' };
    expect((await get('/assets/index-Bx3k9aQ1.js', known)).status).toBe(304);
    expect((await get('/assets/plain.css')).headers.get('cache-control')).toBe('no-cache');
  });

  it('answers 304 to who has it already', async () => {
    const etag = (await get('/')).headers.get('etag') ?? '';
    const answer = await get('/', { 'if-none-match': `"other", W/${etag}` });
    expect([answer.status, await answer.text()]).toEqual([304, '']);
  });

  it('has nothing but what was built', async () => {
    const paths = [
      '../secret.txt',
      '..%2fsecret.txt',
      '%2e%2e/%2e%2e/secret.txt',
      '..%5csecret.txt',
      'x.js',
      '%00',
      '',
    ];
    for (const path of paths) {
      const { status } = await get(`/assets/${path}`);
      expect([path, status]).toEqual([path, 404]);
    }
    expect((await get('/secret.txt')).status).toBe(404);
    expect((await get('/assets/../../secret.txt')).status).toBe(404);
  });

  it('says so when it was not built, and notices when it is', async () => {
    const later = join(folder, 'later');
    const app = makeApp(later);
    const answer = await app.request('/');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/plain; charset=UTF-8']);
    expect(await answer.text()).toContain('npm run build');
    await mkdir(later);
    await writeFile(join(later, 'index.html'), 'here');
    expect(await (await app.request('/')).text()).toBe('here');
  });

  it('is there without a key, for this host alone where there are no keys', async () => {
    const withKeys = createDocketApp();
    withKeys.use(authenticate([hashApiKey('key')]));
    addConsoleRoutes(withKeys, new ConsoleFiles(join(folder, 'dist')));
    expect((await withKeys.request('/')).status).toBe(200);
    const guarded = createDocketApp();
    guarded.use(guardRequests({ host: '127.0.0.1', allowOrigins: [] }));
    addConsoleRoutes(guarded, new ConsoleFiles(join(folder, 'dist')));
    expect((await guarded.request('/', { headers: { host: 'evil.example' } })).status).toBe(403);
  });
});
