import type { DocumentFormat, OpenDocument, SourceItem } from './document-reader.js';

/** What a format without pages is made of. */
export interface SinglePageContent {
  readonly format: DocumentFormat;
  readonly text: string;
  readonly title?: string | undefined;
}

/** Wraps the text of a format without pages as a document of one page. */
export function singlePageDocument({ format, text, title }: SinglePageContent): OpenDocument {
  const items: SourceItem[] = text.trim() === '' ? [] : [{ text }];
  const cleanTitle = title?.trim();
  return {
    format,
    pageCount: 1,
    ...(cleanTitle ? { title: cleanTitle } : {}),
    readPage: async () => ({ method: items.length > 0 ? 'text' : 'none', items }),
    [Symbol.asyncDispose]: async () => {},
  };
}
