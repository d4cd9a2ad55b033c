import type { Box, SourceItem } from '../documents/document-reader.js';

/** A stretch of a source item, and where it stands when the format has a geometry. */
export interface SourceSpan {
  /** Index into the items of the page. */
  readonly item: number;
  /** UTF-16 offsets into the item's text. */
  readonly start: number;
  readonly end: number;
  readonly box?: Box;
}

/** The parts of a {@link SourceMap} as plain data, for caches and messages between processes. */
export interface SourceMapData {
  /** Offsets into the normalised text at which a new stretch begins, ascending. */
  readonly starts: readonly number[];
  /** For each stretch, the offset into the joined source that its first unit comes from. */
  readonly sources: readonly number[];
  /** For each item, its offset in the joined source, its length and its box. */
  readonly items: readonly { readonly start: number; readonly length: number; readonly box?: Box }[];
}

/**
 * Leads from normalised text back to the items it came from. Within a stretch both texts run in step; where one source
 * unit became several (a ligature), each of them is a stretch of its own.
 */
export class SourceMap {
  constructor(readonly data: SourceMapData) {}

  /** The source of `[start, end)` of the normalised text, one span per item that it touches. */
  locate(start: number, end: number): SourceSpan[] {
    const spans: SourceSpan[] = [];
    let from = start;
    while (from < end) {
      const stretch = lastAtMost(this.data.starts, from);
      const to = Math.min(end, this.data.starts[stretch + 1] ?? end);
      const source = (this.data.sources[stretch] ?? 0) + (from - (this.data.starts[stretch] ?? 0));
      this.addSpans(spans, source, source + (to - from));
      from = to;
    }
    return spans;
  }

  private addSpans(spans: SourceSpan[], start: number, end: number): void {
    const { items } = this.data;
    let low = lastAtMost(items, start, (item) => item.start);
    for (let item = items[low]; item && item.start < end; item = items[++low]) {
      const from = Math.max(0, start - item.start);
      const to = Math.min(item.length, end - item.start);
      if (to <= from) continue;
      const previous = spans.at(-1);
      if (previous?.item === low) spans.pop();
      const first = previous?.item === low ? Math.min(previous.start, from) : from;
      const last = previous?.item === low ? Math.max(previous.end, to) : to;
      const box = item.box && partOfBox(item.box, first / item.length, last / item.length);
      spans.push({ item: low, start: first, end: last, ...(box ? { box } : {}) });
    }
  }
}

/** Lays items end to end, as the normaliser reads them. */
export function sourceItems(items: readonly SourceItem[]): SourceMapData['items'] {
  let start = 0;
  return items.map(({ text, box }) => {
    const item = { start, length: text.length, ...(box ? { box } : {}) };
    start += text.length;
    return item;
  });
}

/** The part of a box that a share of its text covers, taking all characters for equally wide along its longer side. */
function partOfBox(box: Box, from: number, to: number): Box {
  if (box.width >= box.height) return { ...box, x: box.x + box.width * from, width: box.width * (to - from) };
  return { ...box, y: box.y + box.height * from, height: box.height * (to - from) };
}

function lastAtMost(values: readonly number[], limit: number): number;
function lastAtMost<T>(values: readonly T[], limit: number, key: (value: T) => number): number;
function lastAtMost<T>(values: readonly T[], limit: number, key: (value: T) => number = Number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (key(values[middle] as T) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
