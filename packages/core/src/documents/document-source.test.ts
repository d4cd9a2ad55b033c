import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/fixtures.js';
import { loadSource } from './document-source.js';
import { DEFAULT_LIMITS } from './limits.js';

describe('loadSource', () => {
  it('reads a path and keeps the name', async () => {
    const { bytes, name } = await loadSource(fixture('documents/minutes.txt'), DEFAULT_LIMITS);
    expect(name).toBe('minutes.txt');
    expect(bytes.byteLength).toBeGreaterThan(100);
  });

  it('takes bytes, and bytes with the name they had', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(await loadSource(bytes, DEFAULT_LIMITS)).toEqual({ bytes });
    expect(await loadSource({ bytes, name: 'a.txt' }, DEFAULT_LIMITS)).toEqual({ bytes, name: 'a.txt' });
  });

  it('refuses a file that is too large before it is read', async () => {
    const limits = { ...DEFAULT_LIMITS, maxBytes: 10 };
    await expect(loadSource(fixture('documents/minutes.txt'), limits)).rejects.toMatchObject({
      code: 'document.too_large',
      data: { maxBytes: 10 },
    });
  });

  it('accepts a document of exactly the limit', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(await loadSource(bytes, { ...DEFAULT_LIMITS, maxBytes: 3 })).toEqual({ bytes });
  });

  it('names the path that is not there', async () => {
    const path = fileURLToPath(new URL('./nowhere/at-all.pdf', import.meta.url));
    const loaded = loadSource(path, DEFAULT_LIMITS);
    await expect(loaded).rejects.toMatchObject({ code: 'resource.file_not_found' });
    await expect(loaded).rejects.toThrow(path);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe or read a device', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-source-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', '/dev/null']) {
      await expect(loadSource(path, DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'resource.unreadable' });
    }
    rmSync(folder, { recursive: true });
  });

  it('does not read a folder', async () => {
    await expect(loadSource(fixture('documents'), DEFAULT_LIMITS)).rejects.toMatchObject({
      code: 'resource.unreadable',
    });
  });
});
