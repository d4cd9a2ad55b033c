import type { TimeLimits } from './deadlines.js';
import type { DrawnSize, PageImage, RenderOptions } from './page-image.js';

/** Formats that Docket reads, named by their usual file extension. */
export const DOCUMENT_FORMATS = [
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'html',
  'txt',
  'md',
  'csv',
  'json',
  'eml',
  'rtf',
  'png',
  'jpeg',
  'tiff',
  'webp',
  'gif',
  'bmp',
] as const;

/** One of {@link DOCUMENT_FORMATS}. */
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** What a reader may use up before it must give up with `document.too_large` or `document.timed_out`. */
export interface ReaderLimits extends TimeLimits {
  readonly maxBytes: number;
  /** Pages of one document that may be read. */
  readonly maxPages: number;
  /** UTF-16 units of text over all pages read; also the ceiling for what a zipped part may inflate to. */
  readonly maxCharacters: number;
}

/** Where something stands on a page: points (1/72 inch), origin at the top left of the page as it is shown. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A piece of text as the source holds it. Items are joined as they come, so blanks and `\n` belong to their text. */
export interface SourceItem {
  readonly text: string;
  /** Absent in formats without a page geometry, and of what stands between two pieces. */
  readonly box?: Box | undefined;
}

/** How the text of a page was obtained. `none`: the page has no text to give. */
export type TextMethod = 'text' | 'ocr' | 'none';

/** One page as a reader gives it, before normalisation. */
export interface RawPage {
  readonly method: TextMethod;
  readonly items: readonly SourceItem[];
  /** Points, after rotation. Absent in formats without a page geometry. */
  readonly size?: { readonly width: number; readonly height: number };
  /** How much of it pictures cover, 0 to 1, where the page has little text and it costs nothing to tell. */
  readonly pictureShare?: number;
}

/** A document that was opened. Dispose of it (`await using`) to release what the reader holds. */
export interface OpenDocument extends AsyncDisposable {
  readonly format: DocumentFormat;
  /** Pages of the whole document: 1 for formats without pages, slides of a PPTX, sheets of an XLSX. */
  readonly pageCount: number;
  /** Title from the metadata (PDF info, HTML `<title>`, mail subject), when it says something. */
  readonly title?: string;
  /** Where the text of this document comes from another reader than the one that was asked. @default the reader's identity */
  readonly readerIdentity?: string;
  /**
   * Reads one page, and nothing of any other.
   * @param pageNumber 1-based, at most `pageCount`
   */
  readPage(pageNumber: number): Promise<RawPage>;
  /**
   * Renders one page, for OCR. Absent in formats whose pages are text alone.
   * @param pageNumber 1-based, at most `pageCount`
   * @throws DocketError `document.corrupt`, `document.too_large`
   */
  renderPage?(pageNumber: number, options: RenderOptions): Promise<PageImage>;
  /**
   * Draws one page in its colours, as PNG, to be looked at. Absent where {@link renderPage} is all there is.
   * @param pageNumber 1-based, at most `pageCount`
   * @throws DocketError as {@link renderPage}
   */
  drawPage?(pageNumber: number, size: DrawnSize): Promise<Uint8Array>;
  /**
   * How much of a page pictures cover, 0 to 1. Absent where pages are pictures, or have none.
   * @param pageNumber 1-based, at most `pageCount`
   */
  pictureShare?(pageNumber: number): Promise<number>;
}

/** What a reader is given beside the bytes. */
export interface OpenOptions {
  readonly limits: ReaderLimits;
  readonly signal?: AbortSignal;
}

/**
 * Reads one family of formats. Failure is a `DocketError` with a `document.*` code, never an empty string; an empty page
 * is `method: 'none'`.
 */
export interface DocumentReader {
  readonly format: DocumentFormat;
  /** Changes whenever the text that the reader gives for the same bytes may change; part of every cache key. */
  readonly identity: string;
  open(bytes: Uint8Array, options: OpenOptions): Promise<OpenDocument>;
}
