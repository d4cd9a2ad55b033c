import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderPageCache } from './folder-page-cache.js';

const HASH = 'ab'.repeat(32);
const KEY = { contentHash: HASH, extension: '.pdf' };
const HEAD = { format: 'pdf', pageCount: 3, title: 'Report', readerIdentity: 'pdfjs/1' } as const;

const page = (number: number, text: string) => ({ number, data: Buffer.from(text) });

let folder: string;
let cache: FolderPageCache;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-page-cache-'));
  cache = new FolderPageCache(join(folder, 'cache'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const textOf = async (numbers: readonly number[]) => {
  const pages = await cache.pages(HASH, HEAD.readerIdentity, numbers);
  return pages?.map(({ data }) => Buffer.from(data).toString());
};

test('gives back what was kept, ascending', async () => {
  await cache.keep(KEY, { head: HEAD, pages: [page(1, 'one'), page(3, 'three\nlines')] });
  expect(await cache.head(KEY)).toEqual(HEAD);
  expect(await textOf([3, 1])).toEqual(['one', 'three\nlines']);
});

test('knows nothing of other contents, extensions, pages and readers', async () => {
  await cache.keep(KEY, { head: HEAD, pages: [page(1, 'one')] });
  expect(await cache.head({ ...KEY, extension: '.txt' })).toBeUndefined();
  expect(await cache.head({ ...KEY, contentHash: 'cd'.repeat(32) })).toBeUndefined();
  expect(await textOf([1, 2])).toBeUndefined();
  expect(await cache.pages(HASH, 'pdfjs/2', [1])).toBeUndefined();
});

test('adds pages to those it has', async () => {
  await cache.keep(KEY, { head: HEAD, pages: [page(2, 'two')] });
  await cache.keep(KEY, { head: HEAD, pages: [page(1, 'one')] });
  expect(await textOf([1, 2])).toEqual(['one', 'two']);
});

test('takes what is cut off for not there, and mends it with the next reading', async () => {
  await cache.keep(KEY, { head: HEAD, pages: [page(1, 'one')] });
  const file = join(cache.folder, 'ab', HASH, 'pdfjs%2F1.pages');
  await truncate(file, (await stat(file)).size - 1);
  expect(await textOf([1])).toBeUndefined();
  await cache.keep(KEY, { head: HEAD, pages: [page(1, 'one')] });
  expect(await textOf([1])).toEqual(['one']);
});

test('writes for its owner alone, and leaves nothing temporary', async () => {
  await cache.keep(KEY, { head: HEAD, pages: [page(1, 'one')] });
  const below = join(cache.folder, 'ab', HASH);
  expect((await readdir(below)).sort()).toEqual(['head.pdf.json', 'pdfjs%2F1.pages']);
  for (const name of await readdir(below)) expect((await stat(join(below, name))).mode & 0o077).toBe(0);
  expect((await stat(cache.folder)).mode & 0o077).toBe(0);
});
