import { DocketError } from '../errors.js';
import type { ReaderLimits } from './document-reader.js';

/**
 * Pages that are read when neither `max_pages` nor `target_pages` says how many. A document says what it is at its front,
 * and the scorers count little of what follows it.
 */
export const DEFAULT_MAX_PAGES = 12;

/** The limits that hold when nothing else is configured. */
export const DEFAULT_LIMITS: ReaderLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxPages: 10_000,
  maxCharacters: 20_000_000,
  openMs: 10_000,
  pageMs: 2000,
  ocrPageMs: 30_000,
  maxMs: 600_000,
};

/** Refuses a document of more bytes than allowed. */
export function assertByteLimit(byteLength: number, limits: ReaderLimits): void {
  if (byteLength <= limits.maxBytes) return;
  const message = `the document has ${byteLength} bytes, more than the ${limits.maxBytes} allowed; raise limits.maxBytes`;
  throw new DocketError('document.too_large', message, { data: { bytes: byteLength, maxBytes: limits.maxBytes } });
}

/** Refuses to read more pages than allowed. */
export function assertPageLimit(pagesToRead: number, limits: ReaderLimits): void {
  if (pagesToRead <= limits.maxPages) return;
  const message = `${pagesToRead} pages were to be read, more than the ${limits.maxPages} allowed; select fewer with max_pages or target_pages, or raise limits.maxPages`;
  throw new DocketError('document.too_large', message, { data: { pages: pagesToRead, maxPages: limits.maxPages } });
}

/** The error for a document whose text goes over the limit. */
export function tooManyCharacters(maxCharacters: number): DocketError {
  const message = `the document has more than ${maxCharacters} characters of text; select fewer pages or raise limits.maxCharacters`;
  return new DocketError('document.too_large', message, { data: { maxCharacters } });
}
