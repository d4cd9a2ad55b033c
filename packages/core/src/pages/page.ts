import type { RawPage, TextMethod } from '../documents/document-reader.js';
import { normaliseText } from './normalise-text.js';
import { measureShape, type PageShape } from './page-shape.js';
import type { SourceMapData } from './source-map.js';

/** A page that was read: plain data, so that it can be cached and sent between processes. */
export interface Page {
  /** 1-based. */
  readonly number: number;
  readonly method: TextMethod;
  /** Normalised text; empty when `method` is `none`. */
  readonly text: string;
  /** Points, after rotation. Absent in formats without a page geometry. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly orientation?: 'portrait' | 'landscape';
  readonly shape: PageShape;
  /** Leads from `text` back to the reader's items: give it to `SourceMap`. */
  readonly sourceMap: SourceMapData;
  /** Of a page that was read by OCR; where its `method` is not `ocr`, what OCR read said no more than the text that was there. */
  readonly ocr?: PageOcr;
  /** How much of it pictures cover, 0 to 1: known of pages with little text alone. */
  readonly pictureShare?: number;
  /** What the reader said of a page that could not be read while others could; its `method` is `none`. */
  readonly damage?: string;
}

/** How OCR read a page. */
export interface PageOcr {
  /** How sure the engine was of its words, 0 to 100. */
  readonly confidence: number;
  /** Codes of tesseract (`eng`). */
  readonly languages: readonly string[];
}

/** Normalises and measures a page that a reader gave. */
export function makePage(number: number, raw: RawPage): Page {
  const { text, sourceMap } = normaliseText(raw.items);
  const { size, pictureShare } = raw;
  return {
    number,
    method: text === '' ? 'none' : raw.method,
    text,
    ...(size ? { size, orientation: size.width > size.height ? 'landscape' : 'portrait' } : {}),
    ...(pictureShare === undefined ? {} : { pictureShare }),
    shape: measureShape(text),
    sourceMap,
  };
}
