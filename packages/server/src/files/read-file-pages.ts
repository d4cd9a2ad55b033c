import { DocketError, decodePage, PageSelection } from '@docket/core';
import type { Store, StoredFile } from '@docket/store';
import { originOf } from '../runner/document-origin.js';
import type { FilePages } from '../schemas/file-pages.js';

/** Pages that are answered at once. */
const MOST_PAGES = 50;

/**
 * What was read of a file so far, page by page.
 * @param targetPages Pages and ranges; absent: the first {@link MOST_PAGES}
 * @throws DocketError `request.invalid_page_selection` for too many pages
 */
export async function readFilePages(
  store: Store,
  file: StoredFile,
  targetPages: string | undefined,
): Promise<FilePages> {
  const { key } = originOf(file.contentHash, file.name);
  const head = await store.pages.head(key);
  if (!head) return { fileId: file.id, head, pages: [] };
  const selection = PageSelection.parse(targetPages === undefined ? { maxPages: MOST_PAGES } : { targetPages });
  const { pages: numbers } = selection.select(head.pageCount);
  if (numbers.length > MOST_PAGES) throw tooManyPages(numbers.length);
  const pages = await Promise.all(
    numbers.map(async (number) => {
      const [entry] = (await store.pages.pages(key.contentHash, head.readerIdentity, [number])) ?? [];
      return { number, page: entry && decodePage(entry) };
    }),
  );
  return { fileId: file.id, head, pages };
}

function tooManyPages(count: number): DocketError {
  const message = `target_pages asks for ${count} pages, more than the ${MOST_PAGES} that are answered at once; ask for them in parts`;
  return new DocketError('request.invalid_page_selection', message, { data: { count, most: MOST_PAGES } });
}
