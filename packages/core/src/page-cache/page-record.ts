import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DocumentRecord } from '../documents/read-document.js';
import type { Page } from '../pages/page.js';
import type { PageEntry, ReadPages } from './page-cache.js';

/** Fast is better than small here: pages are written once per reading. */
const COMPRESSION_LEVEL = 1;

/** Encodes a page for caches and messages: JSON, deflated. */
export function encodePage(page: Page): PageEntry {
  const data = deflateRawSync(JSON.stringify(page), { level: COMPRESSION_LEVEL });
  return { number: page.number, data };
}

/** The page behind an entry. */
export function decodePage({ data }: PageEntry): Page {
  return JSON.parse(inflateRawSync(data).toString('utf8'));
}

/** The text of the page behind an entry. */
export function decodePageText(entry: PageEntry): string {
  return decodePage(entry).text;
}

/** What of a document can be read back by `recallDocument`. */
export function encodeDocument({ format, pageCount, title, readerIdentity, pages }: DocumentRecord): ReadPages {
  return {
    head: { format, pageCount, ...(title === undefined ? {} : { title }), readerIdentity },
    pages: pages.map(encodePage),
  };
}
