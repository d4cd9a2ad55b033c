import type { Page } from './page.js';
import { SourceMap } from './source-map.js';

/** A stretch of a page's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Characters at the start of a text without geometry that count as its head. */
const HEAD_CHARACTERS = 500;

/** Share of a page's height that counts as its head. */
const HEAD_HEIGHT = 0.25;

/**
 * The head of a page: its upper quarter as it is seen, for PDF files may hold the letterhead last; in formats without
 * geometry, and where the upper quarter is empty, the first 500 characters.
 */
export function headRanges({ text, size, sourceMap }: Page): TextRange[] {
  const ranges = size ? linesAbove(text, size.height * HEAD_HEIGHT, new SourceMap(sourceMap)) : [];
  return ranges.length > 0 ? ranges : [{ start: 0, end: HEAD_CHARACTERS }];
}

function linesAbove(text: string, limit: number, map: SourceMap): TextRange[] {
  const ranges: TextRange[] = [];
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const box = end > start ? map.locate(start, start + 1)[0]?.box : undefined;
    if (box && box.y < limit) ranges.push({ start, end });
    start = end + 1;
  }
  return ranges;
}
