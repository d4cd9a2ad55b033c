import type { DocumentFormat } from '../documents/document-reader.js';
import { isImageFormat } from '../documents/images/image-formats.js';
import { ocrIdentity } from '../documents/ocr/ocr-identity.js';
import { type OcrSettings, ocrSettingsOf } from '../documents/ocr/ocr-settings.js';
import { areReadAsWanted, needNoOcr, nextPageForOcr } from '../documents/ocr/page-needs-ocr.js';
import { isCurrentIdentity, splitIdentity } from '../documents/reader-identities.js';
import type { ReaderChoice } from '../documents/readers.js';
import type { Page } from '../pages/page.js';
import { type ParsingOptions, selectionOf } from '../pages/parsing-options.js';
import type { ContentKey, DocumentHead, PageCache, PageEntry, ReadPages } from './page-cache.js';
import { decodePage } from './page-record.js';

/** Which pages are wanted, and how they would be read today. */
export interface RecallOptions extends ReaderChoice {
  readonly parsing?: ParsingOptions | undefined;
  /** Pages that are wanted when `parsing` says nothing about pages; 0: all. */
  readonly defaultMaxPages?: number | undefined;
}

/**
 * What the cache holds of a document, when that is all that is wanted of it and today's reader would read the same.
 * @throws DocketError `request.invalid_page_selection`
 */
export async function recallPages(
  cache: PageCache,
  key: ContentKey,
  options: RecallOptions,
): Promise<ReadPages | undefined> {
  const { parsing, defaultMaxPages, pdfReader } = options;
  const head = await cache.head(key);
  if (!head || !isCurrentIdentity(head.readerIdentity, { format: head.format, pdfReader })) return undefined;
  const selected = selectionOf(parsing, defaultMaxPages).select(head.pageCount, parsing?.withinPages);
  const pages = await cache.pages(key.contentHash, head.readerIdentity, selected.pages);
  if (!pages || !(await wereReadAsToday(head, pages, options))) return undefined;
  return { head, pages };
}

/** Whether OCR would read the same pages today, and the same on them. */
async function wereReadAsToday(
  { format, readerIdentity }: DocumentHead,
  pages: readonly PageEntry[],
  options: RecallOptions,
): Promise<boolean> {
  if (!hasPictures(format)) return true;
  const settings = ocrSettingsOf(options);
  const { ocr } = splitIdentity(readerIdentity);
  if (settings.mode === 'off') return ocr === undefined;
  if (ocr === undefined) return settings.mode === 'auto' && sayEnough(pages, settings);
  const today = await ocrIdentity(options, options.parsing?.lang);
  return ocr === today && areReadAsWanted(pages.map(decodePage), settings);
}

/** Pages are inflated one after the other: mostly the first one says enough. */
function sayEnough(entries: readonly PageEntry[], settings: OcrSettings): boolean {
  const pages: Page[] = [];
  for (const entry of entries) {
    pages.push(decodePage(entry));
    if (needNoOcr(pages)) return true;
  }
  return nextPageForOcr(pages, settings) === undefined;
}

/** Whether pages of a format can be read by OCR. */
function hasPictures(format: DocumentFormat): boolean {
  return format === 'pdf' || isImageFormat(format);
}
