import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowOfKey } from '../../common/row-of-key.js';
import { useNarrow } from '../../common/use-narrow.js';
import { scrollToRow, visibleRows } from '../../common/visible-rows.js';
import { words } from '../../i18n/language.js';
import type { JobList } from './job-list.js';
import { JobTableRow } from './job-table-row.js';
import { activeRow, jobsFeed, listScroll } from './kept-jobs.js';

/** Pixels; also in jobs.css. */
const HEIGHTS = { row: 40, narrowRow: 58, head: 34 };

/** So many rows before the end the next page is asked for. */
const ROWS_AHEAD = 40;

/** The list: only what can be seen is drawn. Arrows move from row to row, Enter opens. */
export function JobTable({ list: { rows, total } }: { readonly list: JobList }) {
  const { columns, listLabel, actions } = words().jobs;
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  const rowHeight = useNarrow() ? HEIGHTS.narrowRow : HEIGHTS.row;
  const mustFocus = useRef(false);
  const scrollTop = listScroll.value;
  const active = Math.min(activeRow.value, rows.length - 1);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = listScroll.peek();
    const observer = new ResizeObserver(() => setHeight(element.clientHeight - HEIGHTS.head));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const range = visibleRows({ count: rows.length, rowHeight, scrollTop, height });
  useEffect(() => {
    if (range.end + ROWS_AHEAD >= rows.length) jobsFeed.loadMore();
  }, [range.end, rows.length]);
  // Before the next key can come.
  useLayoutEffect(() => {
    if (!mustFocus.current) return;
    mustFocus.current = false;
    scroller.current?.querySelector<HTMLElement>('[data-active] a')?.focus({ preventScroll: true });
  }, [active]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scroller.current) return;
    // Not the row that was drawn last: keys may come faster than that.
    const at = Math.min(activeRow.peek(), rows.length - 1);
    const to = rowOfKey(event, { at, count: rows.length, perPage: Math.floor(height / rowHeight) });
    if (to === undefined) return;
    event.preventDefault();
    const place = { rowHeight, scrollTop: scroller.current.scrollTop, height };
    scroller.current.scrollTop = scrollToRow(to, place);
    mustFocus.current = true;
    activeRow.value = to;
  };
  // The row with the focus stays, also out of sight: else the focus would be lost.
  const drawn = [...new Set([...indexesOf(range), active])].sort((one, other) => one - other);
  return (
    <div
      class="job-table"
      ref={scroller}
      onScroll={({ currentTarget }) => {
        listScroll.value = currentTarget.scrollTop;
      }}
    >
      <table aria-label={listLabel} aria-rowcount={total + 1} onKeyDown={onKeyDown}>
        <thead>
          <tr class="job-row job-head" aria-rowindex={1}>
            {Object.entries(columns).map(([key, column]) => (
              <th key={key} scope="col" class={`job-cell job-cell-${key}`}>
                {column}
              </th>
            ))}
            <th scope="col" class="job-cell job-cell-actions">
              <span class="visually-hidden">{actions}</span>
            </th>
          </tr>
        </thead>
        <tbody style={{ height: `${rows.length * rowHeight}px` }}>
          {drawn.map((index) => {
            const row = rows[index];
            if (!row) return null;
            const isActive = index === active;
            return <JobTableRow key={row.id} row={row} index={index} isActive={isActive} top={index * rowHeight} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

function indexesOf({ first, end }: { readonly first: number; readonly end: number }): number[] {
  return Array.from({ length: end - first }, (_, place) => first + place);
}
