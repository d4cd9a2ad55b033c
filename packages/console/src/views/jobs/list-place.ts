import type { JobRow } from './job-row.js';

/** The row that was turned to last: a job, and where it stood. */
export interface ActiveRow {
  readonly id: string | undefined;
  readonly index: number;
}

type Rows = readonly Pick<JobRow, 'id'>[];

/** Where a job stands now; one that is no longer listed leaves its place to the row that stands there. */
export function indexOfActive(rows: Rows, { id, index }: ActiveRow): number {
  const at = id === undefined ? -1 : rows.findIndex((row) => row.id === id);
  return at >= 0 ? at : Math.min(index, rows.length - 1);
}

/**
 * By how many rows what can be seen has moved, when a list has changed.
 * @param first The first row that could be seen; the first from there on that is still listed counts
 */
export function shiftOfRows(before: Rows, after: Rows, first: number): number {
  const places = new Map(after.map(({ id }, index) => [id, index]));
  for (let index = Math.max(first, 0); index < before.length; index++) {
    const now = places.get(before[index]?.id ?? '');
    if (now !== undefined) return now - index;
  }
  return 0;
}
