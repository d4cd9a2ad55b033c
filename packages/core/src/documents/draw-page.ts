import { DocketError } from '../errors.js';
import type { ReaderLimits } from './document-reader.js';
import { type DocumentSource, loadSource } from './document-source.js';
import { encodePng } from './encode-png.js';
import { type ReaderChoice, readerOf } from './readers.js';
import { ReadingClock } from './reading-clock.js';
import { sniffFormat } from './sniff-format.js';

/** Which page is drawn, and how. */
export interface DrawOptions extends ReaderChoice {
  readonly document: DocumentSource;
  /** 1-based. */
  readonly page: number;
  /** Pixels of its longer side, at most; a picture that is smaller is not enlarged. */
  readonly longestSide: number;
  readonly limits: ReaderLimits;
  readonly onOpened?: (pages: number) => void;
}

/**
 * Draws one page: pictures in their colours, pages of PDF in grey.
 * @returns A PNG
 * @throws DocketError `document.unsupported_type` for formats without pictures of pages, `document.no_pages_selected`, and as
 *   `readDocument`
 */
export async function drawPage({ document, page, longestSide, limits, ...options }: DrawOptions): Promise<Uint8Array> {
  using clock = new ReadingClock(limits);
  const { bytes, name } = await loadSource(document, limits);
  const format = await sniffFormat(bytes, name);
  const reader = await readerOf(format, options);
  await using open = await reader.open(bytes, { limits, signal: clock.signal });
  if (page > open.pageCount) throw noSuchPage(page, open.pageCount);
  clock.opened(1);
  options.onOpened?.(1);
  if (open.drawPage) return await open.drawPage(page, { longestSide });
  if (!open.renderPage) throw noPictures(format);
  return encodePng(await open.renderPage(page, { pixels: longestSide ** 2, longestSide }));
}

function noSuchPage(page: number, pageCount: number): DocketError {
  const message = `there is no page ${page}: the document ends with page ${pageCount}; ask for pages that exist`;
  return new DocketError('document.no_pages_selected', message, { data: { page, pageCount } });
}

function noPictures(format: string): DocketError {
  const message = `pages of ${format.toUpperCase()} are text and cannot be drawn; ask for their text`;
  return new DocketError('document.unsupported_type', message, { data: { format } });
}
