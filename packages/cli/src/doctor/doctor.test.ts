import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from './check.js';
import { checkHome } from './check-home.js';
import { describeTransformers } from './describe-transformers.js';
import { describeNode, versionOfCoreDependency } from './versions.js';

test('what a check throws is its finding', async () => {
  expect(await check('a', () => 'fine')).toEqual({ subject: 'a', isOk: true, detail: 'fine' });
  const broken = () => Promise.reject(new Error('broken'));
  expect(await check('a', broken)).toEqual({ subject: 'a', isOk: false, detail: 'broken' });
});

test('refuses an old Node', () => {
  expect(() => describeNode('20.18.1')).toThrow(/too old/);
  expect(describeNode('20.19.0')).toBe('20.19.0');
  expect(describeNode('22.1.0')).toBe('22.1.0');
});

test('finds the version of pdf.js through core', () => {
  expect(versionOfCoreDependency('pdfjs-dist')).toMatch(/^\d+\.\d+\.\d+/);
  expect(() => versionOfCoreDependency('no-such-package')).toThrow(/not installed/);
});

test('transformers.js may be missing: then the command that installs it is told', () => {
  expect(describeTransformers()).toMatch(/^\d+\.\d+\.\d+/);
  const missing = describeTransformers(() => versionOfCoreDependency('no-such-package'));
  expect(missing).toMatch(/^not installed; only embedding and zero-shot need it: run "pnpm add @xenova\/transformers@/);
});

test('the home may be there, or come into being, but not be a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docket-home-'));
  expect(await checkHome(folder)).toMatch(/is writable$/);
  expect(await checkHome(join(folder, 'a/b'))).toMatch(/can be created/);
  await writeFile(join(folder, 'file'), '');
  await expect(checkHome(join(folder, 'file'))).rejects.toThrow(/not a folder/);
  await rm(folder, { recursive: true });
});
