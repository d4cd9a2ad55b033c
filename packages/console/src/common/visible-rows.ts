/** What of a list of equally high rows is drawn. */
export interface VisibleRows {
  /** From 0. */
  readonly first: number;
  /** One behind the last. */
  readonly end: number;
}

/** Where a list is scrolled to; all in pixels but the count. */
export interface ScrolledList {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}

/** Rows above and below of what can be seen, so that fast scrolling shows no gaps. */
const MARGIN_ROWS = 8;

/** The rows that can be seen, and some around them. */
export function visibleRows({ count, rowHeight, scrollTop, height }: ScrolledList): VisibleRows {
  const top = Math.min(Math.max(scrollTop, 0), Math.max(count * rowHeight - height, 0));
  const first = Math.max(Math.floor(top / rowHeight) - MARGIN_ROWS, 0);
  const end = Math.min(Math.ceil((top + height) / rowHeight) + MARGIN_ROWS, count);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a row can be seen wholly; where it is already, when it can. */
export function scrollToRow(row: number, { rowHeight, scrollTop, height }: Omit<ScrolledList, 'count'>): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
