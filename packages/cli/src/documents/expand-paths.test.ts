import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareCodePoints } from './compare-code-points.js';
import { expandPaths } from './expand-paths.js';

let folder: string;
const stdin = (async function* () {})();
const openMs = 10_000;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-paths-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function create(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), 'text');
  }
}

async function pathsBelow(...names: string[]): Promise<string[]> {
  const { documents } = await expandPaths(
    names.map((name) => join(folder, name)),
    { stdin, openMs },
  );
  return documents.map(({ path }) => path.slice(folder.length + 1));
}

test('walks folders in code-point order of the whole path', async () => {
  await create('b.txt', 'a/z.txt', 'a.txt', 'a!.txt', 'a0.txt', 'a/deep/x.txt', 'Z.txt');
  const paths = await pathsBelow('.');
  expect(paths).toEqual(['Z.txt', 'a!.txt', 'a.txt', 'a/deep/x.txt', 'a/z.txt', 'a0.txt', 'b.txt']);
  expect(paths).toEqual([...paths].sort(compareCodePoints));
});

test('keeps the order and the spelling of the paths that were given', async () => {
  await create('b.txt', 'a.txt');
  const given = [`${folder}//b.txt`, `${folder}/./a.txt`];
  const { documents } = await expandPaths(given, { stdin, openMs });
  expect(documents.map(({ path }) => path)).toEqual(given);
});

test('skips hidden files and folders inside a folder, not those that are named', async () => {
  await create('.hidden', '.git/config', 'shown.txt');
  expect(await pathsBelow('.')).toEqual(['shown.txt']);
  expect(await pathsBelow('.hidden', '.git')).toEqual(['.hidden', '.git/config']);
});

test('follows links but not back into a folder above', async () => {
  await create('a/file.txt', 'b/other.txt');
  await symlink('..', join(folder, 'a/up'));
  await symlink('../b', join(folder, 'a/beside'));
  await symlink('nowhere', join(folder, 'a/dangling'));
  expect(await pathsBelow('a')).toEqual(['a/beside/other.txt', 'a/dangling', 'a/file.txt', 'a/up/b/other.txt']);
});

test('makes a failed document of a path that leads nowhere', async () => {
  await create('a.txt');
  const { documents } = await expandPaths([join(folder, 'a.txt'), join(folder, 'nope')], { stdin, openMs });
  expect(documents[1]).toMatchObject({ kind: 'failed', error: { code: 'resource.file_not_found' } });
});

test('names folders without documents', async () => {
  await create('full/a.txt', 'empty/.hidden');
  const empty = join(folder, 'empty');
  const { documents, emptyFolders } = await expandPaths([empty, join(folder, 'full')], { stdin, openMs });
  expect(emptyFolders).toEqual([empty]);
  expect(documents).toHaveLength(1);
});

test('leaves excluded files out of folders, not out of what is named', async () => {
  await create('a.txt', 'rules.yaml');
  const rules = join(folder, 'rules.yaml');
  const { documents } = await expandPaths([folder, rules], { stdin, openMs, exclude: [rules] });
  expect(documents.map(({ path }) => path)).toEqual([join(folder, 'a.txt'), rules]);
});

test('takes standard input once', async () => {
  const { documents } = await expandPaths(['-'], { stdin, openMs });
  expect(documents).toMatchObject([{ kind: 'stream', path: '-' }]);
  await expect(expandPaths(['-', '-'], { stdin, openMs })).rejects.toMatchObject({ code: 'request.invalid_usage' });
});
