import type { Box } from '../documents/document-reader.js';
import type { Page } from './page.js';
import { SourceMap } from './source-map.js';

/** Words of a page. */
export interface Quotation {
  /** UTF-16 offsets into the text of the page. */
  readonly start: number;
  readonly end: number;
  /** The text between them, on one line; what is more of it is let pass. */
  readonly quote: string;
}

/** Boxes stand on one line when they share this much of the lower one's height. */
const SAME_LINE = 0.5;

/** Widest blank between two words of a line, in heights of it. */
const WIDEST_BLANK = 1.5;

/**
 * Where words of a page stand, a box for each line, in shares of its width and height from the top left.
 * @returns Nothing for pages without geometry, and where the page has other words at this place
 */
export function quoteBoxes(page: Page, { start, end, quote }: Quotation): Box[] {
  const { size, text, sourceMap } = page;
  if (!size || !quote.startsWith(text.slice(start, end).replace(/\s+/g, ' '))) return [];
  const boxes = new SourceMap(sourceMap).locate(start, end).flatMap(({ box }) => (box ? [box] : []));
  return joinLines(boxes).map((box) => toShares(box, size));
}

function joinLines(boxes: readonly Box[]): Box[] {
  const lines: Box[] = [];
  for (const box of boxes) {
    const line = lines.at(-1);
    if (line && areOfOneLine(line, box)) lines[lines.length - 1] = around(line, box);
    else lines.push(box);
  }
  return lines;
}

function areOfOneLine(line: Box, box: Box): boolean {
  const lower = Math.min(line.height, box.height);
  const shared = Math.min(line.y + line.height, box.y + box.height) - Math.max(line.y, box.y);
  const blank = Math.max(box.x - (line.x + line.width), line.x - (box.x + box.width));
  return shared >= lower * SAME_LINE && blank <= Math.max(line.height, box.height) * WIDEST_BLANK;
}

function around(one: Box, other: Box): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** What a document says of its own geometry may lie off the page. */
function toShares({ x, y, width, height }: Box, page: { readonly width: number; readonly height: number }): Box {
  const [left, top] = [share(x / page.width), share(y / page.height)];
  const [right, bottom] = [share((x + width) / page.width), share((y + height) / page.height)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function share(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
