import { words } from '../../i18n/language.js';
import type { JobList } from './job-list.js';
import { JobTableRow } from './job-table-row.js';
import { listScroll } from './kept-jobs.js';
import { drawnRows, useActiveRow, useJobScroll } from './use-job-scroll.js';

/** The list: only what can be seen is drawn. Arrows move from row to row, Enter opens. */
export function JobTable({ list: { rows, total } }: { readonly list: JobList }) {
  const scroll = useJobScroll(rows);
  const { active, onKeyDown } = useActiveRow(rows, scroll);
  const { scroller, rowHeight, range } = scroll;
  return (
    <div
      class="job-table"
      ref={scroller}
      onScroll={({ currentTarget }) => {
        listScroll.value = currentTarget.scrollTop;
      }}
    >
      <table aria-label={words().jobs.listLabel} aria-rowcount={total + 1} onKeyDown={onKeyDown}>
        <JobTableHead />
        <tbody style={{ height: `${rows.length * rowHeight}px` }}>
          {drawnRows(range, active).map((index) => {
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

function JobTableHead() {
  const { columns, actions } = words().jobs;
  return (
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
  );
}
