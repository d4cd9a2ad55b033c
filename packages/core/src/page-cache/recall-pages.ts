import type { PdfReaderName } from '../documents/pdf/pdf-reader-names.js';
import { isCurrentIdentity } from '../documents/reader-identities.js';
import { type ParsingOptions, selectionOf } from '../pages/parsing-options.js';
import type { ContentKey, PageCache, ReadPages } from './page-cache.js';

/** Which pages are wanted. */
export interface RecallOptions {
  readonly parsing?: ParsingOptions | undefined;
  /** Pages that are wanted when `parsing` says nothing about pages; 0: all. */
  readonly defaultMaxPages?: number | undefined;
  /** What reads PDF today. @default DEFAULT_PDF_READER */
  readonly pdfReader?: PdfReaderName | undefined;
}

/**
 * What the cache holds of a document, when that is all that is wanted of it and today's reader would read the same.
 * @throws DocketError `request.invalid_page_selection`
 */
export async function recallPages(
  cache: PageCache,
  key: ContentKey,
  { parsing, defaultMaxPages, pdfReader }: RecallOptions,
): Promise<ReadPages | undefined> {
  const head = await cache.head(key);
  if (!head || !isCurrentIdentity(head.readerIdentity, { format: head.format, pdfReader })) return undefined;
  const selected = selectionOf(parsing, defaultMaxPages).select(head.pageCount, parsing?.withinPages);
  const pages = await cache.pages(key.contentHash, head.readerIdentity, selected.pages);
  return pages && { head, pages };
}
