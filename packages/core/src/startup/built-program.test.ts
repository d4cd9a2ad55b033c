import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCurrent } from './built-program.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-built-'));
  await mkdir(join(folder, 'dist'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, seconds: number): Promise<void> {
  await writeFile(join(folder, name), '');
  await utimes(join(folder, name), seconds, seconds);
}

function bundleIsCurrent(): boolean {
  return isCurrent(pathToFileURL(join(folder, 'bundle.js')), [pathToFileURL(join(folder, 'dist/'))]);
}

describe('isCurrent', () => {
  it('wants the bundle to be no older than the build', async () => {
    await write('dist/.tsbuildinfo', 1000);
    await write('bundle.js', 1001);
    expect(bundleIsCurrent()).toBe(true);
    await write('dist/.tsbuildinfo', 1002);
    expect(bundleIsCurrent()).toBe(false);
  });

  it('takes a bundle as it is where nothing was built', async () => {
    await write('bundle.js', 1000);
    expect(bundleIsCurrent()).toBe(true);
  });

  it('is false without a bundle', () => {
    expect(bundleIsCurrent()).toBe(false);
  });
});
