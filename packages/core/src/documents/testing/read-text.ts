import type { DocumentReader, OpenOptions, ReaderLimits } from '../document-reader.js';

/** Limits that no small test document reaches. */
export const TEST_LIMITS: ReaderLimits = {
  maxBytes: 100_000_000,
  maxPages: 1000,
  maxCharacters: 10_000_000,
  openMs: 60_000,
  pageMs: 1000,
  ocrPageMs: 60_000,
  maxMs: 600_000,
};

/** What a test wants to know of one page. */
export interface ReadText {
  readonly text: string;
  readonly method: string;
  readonly title: string | undefined;
  readonly pageCount: number;
  readonly size: { readonly width: number; readonly height: number } | undefined;
}

/** Opens a document, reads one page and releases it. Strings are taken as UTF-8. */
export async function readText(
  reader: DocumentReader,
  source: Uint8Array | string,
  { pageNumber = 1, ...options }: Partial<OpenOptions> & { readonly pageNumber?: number } = {},
): Promise<ReadText> {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  await using document = await reader.open(bytes, { limits: TEST_LIMITS, ...options });
  const { items, method, size } = await document.readPage(pageNumber);
  const text = items.map((item) => item.text).join('');
  return { text, method, title: document.title, pageCount: document.pageCount, size };
}
