import type { DocumentFormat } from '../documents/document-reader.js';

/** What a cached document is known by. The extension takes part, for it can decide which reader reads the bytes. */
export interface ContentKey {
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly contentHash: string;
  /** Of the document's name, lower case, with its dot; empty without one. */
  readonly extension: string;
}

/** What is known of a document beside its pages. */
export interface DocumentHead {
  readonly format: DocumentFormat;
  /** Pages of the whole document. */
  readonly pageCount: number;
  readonly title?: string;
  readonly readerIdentity: string;
}

/** A page as it was read, encoded: opaque to all but `page-record.ts`. */
export interface PageEntry {
  /** 1-based. */
  readonly number: number;
  readonly data: Uint8Array;
}

/** What was read of a document: plain data that travels between processes and rests in caches. */
export interface ReadPages {
  readonly head: DocumentHead;
  /** Ascending. */
  readonly pages: readonly PageEntry[];
}

/** Keeps what was read, so that a second rule set over the same document does not read it again. */
export interface PageCache {
  /** What is known of a document, as the reader that read it last saw it. */
  head(key: ContentKey): Promise<DocumentHead | undefined>;
  /** All of the pages asked for, ascending, or undefined when any of them is missing. */
  pages(contentHash: string, readerIdentity: string, numbers: readonly number[]): Promise<PageEntry[] | undefined>;
  /** Keeps what was read; does nothing when the content itself is no longer kept. */
  keep(key: ContentKey, read: ReadPages): Promise<void>;
}
