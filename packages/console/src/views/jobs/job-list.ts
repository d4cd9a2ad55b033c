import { type JobFilters, matchesFilters } from './job-filters.js';
import type { JobRow } from './job-row.js';

/** The jobs that are listed, as far as they are loaded. */
export interface JobList {
  /** Newest first. */
  readonly rows: readonly JobRow[];
  /** Of all that match, loaded or not. */
  readonly total: number;
  /** Where the rest begins; null: all are loaded. */
  readonly nextToken: string | null;
}

/** Something that happened to a job. */
export type JobChange =
  | { readonly kind: 'job'; readonly row: JobRow }
  | { readonly kind: 'deleted'; readonly id: string };

/** A list without jobs. */
export const EMPTY_LIST: JobList = { rows: [], total: 0, nextToken: null };

/** A list with its next page. What is in it already is not newer in the page: events tell more than pages. */
export function withPage(list: JobList, page: JobList): JobList {
  const known = new Set(list.rows.map(({ id }) => id));
  const rows = [...list.rows, ...page.rows.filter(({ id }) => !known.has(id))];
  return { rows: rows.sort(newestFirst), total: Math.max(page.total, rows.length), nextToken: page.nextToken };
}

/** A list after something happened. Older jobs that are not loaded stay so: they come with their page. */
export function withChanges(list: JobList, changes: readonly JobChange[], filters: JobFilters): JobList {
  const rows = new Map(list.rows.map((row) => [row.id, row]));
  const oldest = list.rows.at(-1)?.createdAt ?? '';
  let { total } = list;
  for (const change of changes) {
    const id = change.kind === 'job' ? change.row.id : change.id;
    const known = rows.get(id);
    const isListed = change.kind === 'job' && matchesFilters(change.row, filters);
    if (isListed && known) rows.set(id, newerOf(known, change.row));
    else if (isListed) {
      if (list.nextToken !== null && change.row.createdAt < oldest) continue;
      rows.set(id, change.row);
      total++;
    } else if (known) {
      rows.delete(id);
      total--;
    }
  }
  return { ...list, rows: [...rows.values()].sort(newestFirst), total };
}

/** A list whose rows have the names of their files. */
export function withNames(list: JobList, names: ReadonlyMap<string, string>): JobList {
  const named = list.rows.map((row) => {
    const name = row.fileId === null ? undefined : names.get(row.fileId);
    return name === undefined || row.fileName !== null ? row : { ...row, fileName: name };
  });
  return { ...list, rows: named };
}

function newerOf(known: JobRow, other: JobRow): JobRow {
  if (other.updatedAt < known.updatedAt) return known;
  return { ...other, fileName: other.fileName ?? known.fileName };
}

function newestFirst(one: JobRow, other: JobRow): number {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}
