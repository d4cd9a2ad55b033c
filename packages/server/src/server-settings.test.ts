import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from '@docket/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readServerSettings } from './server-settings.js';

let folder: string;
let apiKeyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-settings-'));
  apiKeyFile = join(folder, 'keys.txt');
  await writeFile(apiKeyFile, '# ours\nkey-of-the-office\n', { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(flags: Record<string, string | boolean> = {}) {
  const { values } = await loadConfiguration({ flags, environment: {}, folder });
  return await readServerSettings(values);
}

describe('readServerSettings', () => {
  it('binds loopback without a key by default', async () => {
    const { settings, warnings } = await read();
    expect(settings).toMatchObject({ host: '127.0.0.1', allowOrigins: [], maxPendingJobs: 100_000 });
    expect(settings).toMatchObject({ maxUploadBytes: 512 * 1024 * 1024, minFreeBytes: 512 * 1024 * 1024 });
    expect(settings.apiKeyHashes).toBeUndefined();
    expect(settings.publicUrl).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', 'docket.example'])('refuses %s without a key', async (host) => {
    await expect(read({ 'server.host': host })).rejects.toMatchObject({
      code: 'request.invalid_configuration',
      message: expect.stringContaining('--api-key-file'),
    });
    expect((await read({ 'server.host': host, 'server.allowAnonymous': true })).settings.host).toBe(host);
    const keyed = await read({ 'server.host': host, 'server.apiKeyFile': apiKeyFile });
    expect(keyed.settings.apiKeyHashes).toHaveLength(1);
  });

  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('takes %s for loopback', async (host) => {
    expect((await read({ 'server.host': host })).settings.host).toBe(host);
  });

  it('reads origins and the public address', async () => {
    const { settings } = await read({
      'server.allowOrigin': 'https://a.example, http://b.example:8080',
      'server.publicUrl': 'https://docket.example/api-root/',
    });
    expect(settings.allowOrigins).toEqual(['https://a.example', 'http://b.example:8080']);
    expect(settings.publicUrl).toBe('https://docket.example/api-root');
  });

  it.each(['a.example', '*', 'null', 'https://a.example/path'])('refuses the origin %s', async (origin) => {
    await expect(read({ 'server.allowOrigin': origin })).rejects.toThrow(/server\.allowOrigin/);
  });

  it('warns of keys that others can read', async () => {
    const open = join(folder, 'open.txt');
    await writeFile(open, 'key-of-everybody\n', { mode: 0o644 });
    expect((await read({ 'server.apiKeyFile': open })).warnings).toEqual([expect.stringContaining('chmod 600')]);
  });
});
