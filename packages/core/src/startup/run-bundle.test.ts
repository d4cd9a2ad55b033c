import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeCacheFile } from './code-cache-file.js';
import { runBundle } from './run-bundle.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-startup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PARAMETERS = 'exports, require, module, __filename, __runBundle, __import';

async function makeBundle(name: string, body: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `(function (${PARAMETERS}) {${body}})`);
  return file;
}

/** Runs a bundle and keeps its scripts. */
function run(file: string) {
  const scripts: Script[] = [];
  const exported = runBundle(file, (_, script) => scripts.push(script)) as Record<string, unknown>;
  return { exported, scripts };
}

describe('runBundle', () => {
  it('runs a script with what modules have, and gives what it exports', async () => {
    const body = 'exports.folder = require("node:path").dirname(__filename); exports.sum = require("./other.cjs").sum;';
    await writeFile(join(folder, 'other.cjs'), 'exports.sum = 3;');
    expect(run(await makeBundle('plain.cjs', body)).exported).toEqual({ folder, sum: 3 });
  });

  it('imports what it asks for', async () => {
    const { exported } = run(await makeBundle('importing.cjs', 'module.exports = __import("node:path");'));
    await expect(exported).resolves.toMatchObject({ sep: expect.any(String) });
  });

  it('runs another bundle from within', async () => {
    const inner = await makeBundle('inner.cjs', 'exports.name = "inner";');
    const outer = await makeBundle('outer.cjs', `exports.inner = __runBundle(${JSON.stringify(inner)});`);
    expect(run(outer).exported).toEqual({ inner: { name: 'inner' } });
  });

  it('takes the code cache that was made of it', async () => {
    const file = await makeBundle('cached.cjs', 'exports.value = (() => 7)();');
    const { scripts } = run(file);
    await writeFile(codeCacheFile(file), scripts[0]?.createCachedData() ?? '');
    const again = run(file);
    expect(again.exported).toEqual({ value: 7 });
    expect(again.scripts[0]?.cachedDataRejected).toBe(false);
  });

  it('does without a code cache that is none or belongs to another script', async () => {
    const other = run(await makeBundle('other-script.cjs', '')).scripts[0]?.createCachedData() ?? Buffer.alloc(0);
    // A script each: V8 remembers what it compiled, and looks at no cache then.
    for (const [name, cache] of Object.entries({ none: Buffer.from('no cache at all'), other })) {
      const file = await makeBundle(`refused-${name}.cjs`, `exports.value = "longer than the other script: ${name}";`);
      await writeFile(codeCacheFile(file), cache);
      const { exported, scripts } = run(file);
      expect(exported).toEqual({ value: `longer than the other script: ${name}` });
      expect(scripts[0]?.cachedDataRejected).toBe(true);
    }
  });
});
