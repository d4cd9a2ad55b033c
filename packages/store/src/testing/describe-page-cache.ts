import type { DocumentHead, PageEntry } from '@docket/core';
import { describe, expect, it } from 'vitest';
import { createFile } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

const HEAD: DocumentHead = { format: 'pdf', pageCount: 9, title: 'A title', readerIdentity: 'pdf-1' };

/** What every page cache of a store must do. */
export function describePageCache(open: OpenStoreUnderTest): void {
  describe('PageCache', () => {
    it('gives back what was kept, byte for byte and ascending', async () => {
      const { store, key } = await start(open);
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      await store.pages.keep(key, { head: HEAD, pages: [page(3, 'c'), { number: 1, data: bytes }] });
      expect(await store.pages.head(key)).toEqual(HEAD);
      const pages = await store.pages.pages(key.contentHash, 'pdf-1', [3, 1]);
      expect(pages?.map(({ number, data }) => [number, [...data]])).toEqual([
        [1, [...bytes]],
        [3, [...Buffer.from('c')]],
      ]);
    });

    it('gives all pages asked for, or none', async () => {
      const { store, key } = await start(open);
      await store.pages.keep(key, { head: HEAD, pages: [page(1, 'a'), page(2, 'b')] });
      expect(await store.pages.pages(key.contentHash, 'pdf-1', [1, 2, 3])).toBeUndefined();
      expect(await store.pages.pages(key.contentHash, 'pdf-1', [2, 2])).toHaveLength(1);
      expect(await store.pages.pages(key.contentHash, 'pdf-1', [])).toEqual([]);
      expect(await store.pages.pages(key.contentHash, 'pdf-2', [1])).toBeUndefined();
      expect(await store.pages.pages('00'.repeat(32), 'pdf-1', [1])).toBeUndefined();
    });

    it('adds pages to those of the same reader, and replaces equal ones', async () => {
      const { store, key } = await start(open);
      await store.pages.keep(key, { head: HEAD, pages: [page(1, 'a'), page(2, 'b')] });
      await store.pages.keep(key, { head: HEAD, pages: [page(2, 'new'), page(3, 'c')] });
      const pages = await store.pages.pages(key.contentHash, 'pdf-1', [1, 2, 3]);
      expect(pages?.map(({ data }) => Buffer.from(data).toString())).toEqual(['a', 'new', 'c']);
    });

    it('tells documents of one content apart by extension', async () => {
      const { store, key } = await start(open);
      const other: DocumentHead = { format: 'md', pageCount: 1, readerIdentity: 'plain-1' };
      await store.pages.keep(key, { head: HEAD, pages: [] });
      await store.pages.keep({ ...key, extension: '.md' }, { head: other, pages: [] });
      expect(await store.pages.head(key)).toEqual(HEAD);
      expect(await store.pages.head({ ...key, extension: '.md' })).toEqual(other);
      expect(await store.pages.head({ ...key, extension: '' })).toBeUndefined();
    });

    it('forgets all of a content with its last file, and keeps nothing of it afterwards', async () => {
      const { store, key, file } = await start(open);
      const second = await createFile(store, 'content');
      await store.pages.keep(key, { head: HEAD, pages: [page(1, 'a')] });
      await store.files.delete(file.id);
      expect(await store.pages.head(key)).toEqual(HEAD);
      await store.files.delete(second.id);
      expect(await store.pages.head(key)).toBeUndefined();
      await store.pages.keep(key, { head: HEAD, pages: [page(1, 'a')] });
      expect(await store.pages.head(key)).toBeUndefined();
      await createFile(store, 'content');
      expect(await store.pages.pages(key.contentHash, 'pdf-1', [1])).toBeUndefined();
    });
  });
}

async function start(open: OpenStoreUnderTest) {
  const { store } = await open();
  const file = await createFile(store, 'content');
  return { store, file, key: { contentHash: file.contentHash, extension: '.pdf' } };
}

function page(number: number, text: string): PageEntry {
  return { number, data: Buffer.from(text) };
}
