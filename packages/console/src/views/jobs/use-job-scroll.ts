import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowOfKey } from '../../common/row-of-key.js';
import { useNarrow } from '../../common/use-narrow.js';
import { scrollToRow, type VisibleRows, visibleRows } from '../../common/visible-rows.js';
import type { JobRow } from './job-row.js';
import { activeRow, jobsFeed, listScroll, listTurn, mustFocusRow } from './kept-jobs.js';
import { indexOfActive, shiftOfRows } from './list-place.js';

/** Pixels; also in jobs.css. */
const HEIGHTS = { row: 40, narrowRow: 58, head: 34 };

/** So many rows before the end the next page is asked for. */
const ROWS_AHEAD = 40;

/** Keeps what can be seen of the list where it is while rows come in above, and loads what comes into sight. */
export function useJobScroll(rows: readonly JobRow[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  const rowHeight = useNarrow() ? HEIGHTS.narrowRow : HEIGHTS.row;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = listScroll.peek();
    const observer = new ResizeObserver(() => setHeight(element.clientHeight - HEIGHTS.head));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (listScroll.peek() === 0 && scroller.current) scroller.current.scrollTop = 0;
  }, [listTurn.value]);
  const before = useRef(rows);
  useLayoutEffect(() => {
    const { scrollTop = 0 } = scroller.current ?? {};
    const shift = scrollTop > 0 ? shiftOfRows(before.current, rows, Math.floor(scrollTop / rowHeight)) : 0;
    before.current = rows;
    if (shift === 0 || !scroller.current) return;
    scroller.current.scrollTop = scrollTop + shift * rowHeight;
    listScroll.value = scroller.current.scrollTop;
  }, [rows]);
  const range = visibleRows({ count: rows.length, rowHeight, scrollTop: listScroll.value, height });
  useEffect(() => {
    jobsFeed.wantedRows = range.end + ROWS_AHEAD;
    if (range.end + ROWS_AHEAD >= rows.length) jobsFeed.loadMore();
  }, [range.end, rows.length]);
  return { scroller, height, rowHeight, range };
}

/** The row that the keyboard is at. Arrows and their like move it. */
export function useActiveRow(
  rows: readonly JobRow[],
  { scroller, height, rowHeight }: ReturnType<typeof useJobScroll>,
) {
  const active = indexOfActive(rows, activeRow.value);
  // Before the next key can come.
  useLayoutEffect(() => {
    if (!mustFocusRow.peek()) return;
    mustFocusRow.value = false;
    const { activeElement } = document;
    // Somebody is elsewhere by now.
    if (activeElement !== document.body && !scroller.current?.contains(activeElement)) return;
    scroller.current?.querySelector<HTMLElement>('[data-active] a')?.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scroller.current) return;
    // Not the row that was drawn last: keys may come faster than that.
    const at = indexOfActive(rows, activeRow.peek());
    const to = rowOfKey(event, { at, count: rows.length, perPage: Math.floor(height / rowHeight) });
    if (to === undefined) return;
    event.preventDefault();
    const place = { rowHeight, scrollTop: scroller.current.scrollTop, height };
    scroller.current.scrollTop = scrollToRow(to, place);
    if (to === at) return;
    mustFocusRow.value = true;
    activeRow.value = { id: rows[to]?.id, index: to };
  };
  return { active, onKeyDown };
}

/** The rows that are drawn, from 0. The one with the focus is, also out of sight: else the focus would be lost. */
export function drawnRows({ first, end }: VisibleRows, active: number): number[] {
  const visible = Array.from({ length: end - first }, (_, place) => first + place);
  return [...new Set([...visible, active])].sort((one, other) => one - other);
}
