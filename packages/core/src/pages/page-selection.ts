import { DocketError } from '../errors.js';

/** An inclusive range of 1-based page numbers. */
interface PageRange {
  readonly first: number;
  readonly last: number;
}

/** What a selection comes to for a document of a given length. */
export interface SelectedPages {
  /** Ascending, without duplicates, all within the document. */
  readonly pages: readonly number[];
  /** Ranges that were asked for and lie past the end, as text such as `12, 15-20`; absent when there are none. */
  readonly pastEnd?: string;
}

/** The two page parameters of a parsing configuration. */
export interface PageSelectionOptions {
  /** Such as `1,3,5-7`: 1-based, blanks allowed, any order. Wins over `maxPages`. */
  readonly targetPages?: string | null | undefined;
  /** At least 1: the first so many pages. */
  readonly maxPages?: number | null | undefined;
}

/** Page numbers above this are taken for typing errors. */
const LARGEST_PAGE = 1_000_000_000;

/**
 * Which pages of a document to read: parsed once, applied to any page count. Immutable; both steps are pure, and the
 * second is total.
 */
export class PageSelection {
  /** Every page. */
  static readonly all = new PageSelection([{ first: 1, last: LARGEST_PAGE }], false);

  private constructor(
    private readonly ranges: readonly PageRange[],
    /** Whether pages were named one by one, so that those past the end deserve a word. */
    private readonly named: boolean,
  ) {}

  /** @throws DocketError `request.invalid_page_selection` with the position of what is wrong */
  static parse({ targetPages, maxPages }: PageSelectionOptions): PageSelection {
    if (targetPages !== null && targetPages !== undefined) return new PageSelection(parseRanges(targetPages), true);
    if (maxPages === null || maxPages === undefined) return PageSelection.all;
    if (!Number.isInteger(maxPages) || maxPages < 1) {
      const message = `max_pages is ${maxPages}; it must be a whole number of at least 1`;
      throw new DocketError('request.invalid_page_selection', message, { data: { maxPages } });
    }
    return new PageSelection([{ first: 1, last: maxPages }], false);
  }

  /**
   * The pages of a document with `pageCount` pages that are selected; possibly none.
   * @param within Ascending: the only pages there are to select from, of which `maxPages` takes the first
   */
  select(pageCount: number, within?: readonly number[]): SelectedPages {
    const pages: number[] = [];
    const pastEnd: PageRange[] = [];
    for (const { first, last } of this.ranges) {
      if (within)
        pages.push(...(this.named ? within.filter((page) => page >= first && page <= last) : within.slice(0, last)));
      else for (let page = first; page <= Math.min(last, pageCount); page++) pages.push(page);
      if (this.named && last > pageCount) pastEnd.push({ first: Math.max(first, pageCount + 1), last });
    }
    return pastEnd.length > 0 ? { pages, pastEnd: formatRanges(pastEnd) } : { pages };
  }
}

/** Writes page numbers the short way: `1-3, 7`. */
export function formatPages(pages: readonly number[]): string {
  return formatRanges(mergeRanges(pages.map((page) => ({ first: page, last: page }))));
}

function parseRanges(text: string): readonly PageRange[] {
  const ranges: PageRange[] = [];
  let position = 0;
  for (const item of text.split(',')) {
    ranges.push(parseRange(item, position, text));
    position += item.length + 1;
  }
  return mergeRanges(ranges);
}

function parseRange(item: string, position: number, text: string): PageRange {
  const at = position + (item.length - item.trimStart().length);
  const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(item);
  if (!match) {
    const what = item.trim() === '' ? 'an empty item' : `"${item.trim()}"`;
    throw invalid(text, at, `${what} is neither a page number nor a range`);
  }
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (first < 1 || last < 1) throw invalid(text, at, 'pages are counted from 1');
  if (first > LARGEST_PAGE || last > LARGEST_PAGE) throw invalid(text, at, `"${item.trim()}" is no page number`);
  if (last < first) throw invalid(text, at, `the range "${item.trim()}" ends before it begins`);
  return { first, last };
}

function invalid(text: string, position: number, problem: string): DocketError {
  const message = `target_pages "${text}" is invalid at position ${position + 1}: ${problem}; write it like "1,3,5-7"`;
  return new DocketError('request.invalid_page_selection', message, { data: { targetPages: text, position } });
}

function mergeRanges(ranges: readonly PageRange[]): readonly PageRange[] {
  const merged: PageRange[] = [];
  for (const range of [...ranges].sort((one, other) => one.first - other.first)) {
    const previous = merged.at(-1);
    if (previous && range.first <= previous.last + 1) {
      merged[merged.length - 1] = { first: previous.first, last: Math.max(previous.last, range.last) };
    } else merged.push(range);
  }
  return merged;
}

function formatRanges(ranges: readonly PageRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}
