import type { DocumentFormat, SourceItem } from '../documents/document-reader.js';
import type { DocumentRecord } from '../documents/read-document.js';
import { makePage, type Page } from '../pages/page.js';

/** What a test may say of a document beside its text. */
export interface RecordOptions {
  readonly format?: DocumentFormat;
  readonly title?: string;
  readonly pageCount?: number;
  readonly pastEnd?: string;
  /** @default en */
  readonly language?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A page made of text, as a reader would have given it. */
export function textPage(text: string, number = 1, size?: RecordOptions['size']): Page {
  const items: readonly SourceItem[] = text === '' ? [] : [{ text }];
  return makePage(number, { method: text === '' ? 'none' : 'text', items, ...(size ? { size } : {}) });
}

/** A document made of the texts of its pages. */
export function textRecord(text: string | readonly string[], options: RecordOptions = {}): DocumentRecord {
  const texts = typeof text === 'string' ? [text] : text;
  const pages = texts.map((one, index) => textPage(one, index + 1, options.size));
  const { format = 'txt', title, pageCount = pages.length, pastEnd, language = 'en' } = options;
  return {
    format,
    pageCount,
    pages,
    language: { code: language, source: 'text' },
    readerIdentity: 'test',
    ...(title ? { title } : {}),
    ...(pastEnd ? { pastEnd } : {}),
  };
}
