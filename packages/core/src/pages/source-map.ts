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
  /** For each item, its length. */
  readonly lengths: readonly number[];
  /** For each item, x, y, width and height of its box; four zeros for an item without one. Empty when no item has one. */
  readonly boxes: readonly number[];
}

/** Numbers that make a box. */
const BOX = 4;

/**
 * Leads from normalised text back to the items it came from. Within a stretch both texts run in step; where one source
 * unit became several (a ligature), each of them is a stretch of its own.
 */
export class SourceMap {
  /** For each item, its offset in the joined source. */
  private readonly itemStarts: Int32Array;

  constructor(private readonly data: SourceMapData) {
    const { lengths } = data;
    this.itemStarts = new Int32Array(lengths.length);
    for (let item = 1; item < lengths.length; item++) {
      this.itemStarts[item] = (this.itemStarts[item - 1] ?? 0) + (lengths[item - 1] ?? 0);
    }
  }

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
    const { lengths } = this.data;
    for (let item = lastAtMost(this.itemStarts, start); item < lengths.length; item++) {
      const [itemStart = 0, length = 0] = [this.itemStarts[item], lengths[item]];
      if (itemStart >= end) return;
      const from = Math.max(0, start - itemStart);
      const to = Math.min(length, end - itemStart);
      if (to <= from) continue;
      const previous = spans.at(-1);
      if (previous?.item === item) spans.pop();
      const first = previous?.item === item ? Math.min(previous.start, from) : from;
      const last = previous?.item === item ? Math.max(previous.end, to) : to;
      const box = this.boxOf(item);
      spans.push({
        item,
        start: first,
        end: last,
        ...(box ? { box: partOfBox(box, first / length, last / length) } : {}),
      });
    }
  }

  private boxOf(item: number): Box | undefined {
    const [x = 0, y = 0, width = 0, height = 0] = this.data.boxes.slice(BOX * item, BOX * (item + 1));
    return width === 0 && height === 0 ? undefined : { x, y, width, height };
  }
}

/** Notes lengths and boxes of items. */
export function mapItems(items: readonly SourceItem[]): Pick<SourceMapData, 'lengths' | 'boxes'> {
  const lengths = items.map(({ text }) => text.length);
  if (!items.some(({ box }) => box)) return { lengths, boxes: [] };
  const boxes: number[] = [];
  for (const { box } of items) boxes.push(box?.x ?? 0, box?.y ?? 0, box?.width ?? 0, box?.height ?? 0);
  return { lengths, boxes };
}

/** The part of a box that a share of its text covers, taking all characters for equally wide along its longer side. */
function partOfBox(box: Box, from: number, to: number): Box {
  if (box.width >= box.height) return { ...box, x: box.x + box.width * from, width: box.width * (to - from) };
  return { ...box, y: box.y + box.height * from, height: box.height * (to - from) };
}

/** The last index whose value is at most `limit`; 0 when there is none. */
function lastAtMost(values: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
