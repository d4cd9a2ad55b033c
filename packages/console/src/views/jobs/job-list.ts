import { type JobFilters, matchesFilters } from './job-filters.js';
import type { JobRow } from './job-row.js';

/** The jobs that are listed, as far as they are loaded. */
export interface JobList {
  /** Newest first. */
  readonly rows: readonly JobRow[];
  /** Of all that match, loaded or not. */
  readonly total: number;
  /** Where the rest begins; null: at the beginning of what `tailFrom` names, or nowhere. */
  readonly nextToken: string | null;
  /** Rows were dropped: the rest is of jobs created then and before. */
  readonly tailFrom?: string;
}

/** Something that happened to a job. */
export type JobChange =
  | { readonly kind: 'job'; readonly row: JobRow }
  | { readonly kind: 'deleted'; readonly id: string };

/** A list without jobs. */
export const EMPTY_LIST: JobList = { rows: [], total: 0, nextToken: null };

/** Whether there are jobs that are not loaded. */
export function hasMore({ nextToken, tailFrom }: JobList): boolean {
  return nextToken !== null || tailFrom !== undefined;
}

/** A list with its next page. What is in it already is not newer in the page: events tell more than pages. */
export function withPage(list: JobList, page: JobList): JobList {
  const known = new Set(list.rows.map(({ id }) => id));
  const rows = [...list.rows, ...page.rows.filter(({ id }) => !known.has(id))].sort(newestFirst);
  // A page of the rest counts the rest alone.
  const total = Math.max(list.tailFrom === undefined ? page.total : list.total, rows.length);
  const tailFrom = page.nextToken === null ? undefined : list.tailFrom;
  return { rows, total, nextToken: page.nextToken, ...(tailFrom !== undefined && { tailFrom }) };
}

/** A list after something happened. Older jobs that are not loaded stay so: they come with their page. */
export function withChanges(list: JobList, changes: readonly JobChange[], filters: JobFilters): JobList {
  const rows = new Map(list.rows.map((row) => [row.id, row]));
  const oldest = list.rows.at(-1)?.createdAt ?? '';
  const isPart = hasMore(list);
  let { total } = list;
  for (const change of changes) {
    const id = change.kind === 'job' ? change.row.id : change.id;
    const known = rows.get(id);
    const isListed = change.kind === 'job' && matchesFilters(change.row, filters);
    if (isListed && known) rows.set(id, newerOf(known, change.row));
    else if (isListed) {
      if (isPart && change.row.createdAt < oldest) continue;
      rows.set(id, change.row);
      total++;
    } else if (known) {
      rows.delete(id);
      total--;
    }
  }
  return { ...list, rows: [...rows.values()].sort(newestFirst), total };
}

/** Whether changes may have been about jobs that are counted but not loaded: the total is then to be asked for. */
export function isTotalUnsure(list: JobList, changes: readonly JobChange[], filters: JobFilters): boolean {
  if (!hasMore(list)) return false;
  const known = new Set(list.rows.map(({ id }) => id));
  const oldest = list.rows.at(-1)?.createdAt ?? '';
  const isFiltered = Object.keys(filters).length > 0;
  return changes.some((change) => {
    if (change.kind === 'deleted') return !known.has(change.id);
    // Whether it is counted changes with its state alone, and only where it is filtered by.
    return (
      isFiltered &&
      !known.has(change.row.id) &&
      !(matchesFilters(change.row, filters) && change.row.createdAt >= oldest)
    );
  });
}

/** A list of no more than so many rows; what is dropped of it can be loaded again. */
export function cutList(list: JobList, most: number): JobList {
  const rows = list.rows.slice(0, most);
  const last = rows.at(-1);
  if (rows.length === list.rows.length || last === undefined) return list;
  return { rows, total: list.total, nextToken: null, tailFrom: last.createdAt };
}

/** A list whose rows have the names of their files. */
export function withNames(list: JobList, names: ReadonlyMap<string, string>): JobList {
  const named = list.rows.map((row) => {
    const name = row.fileId === null ? undefined : names.get(row.fileId);
    return name === undefined || row.fileName !== null ? row : { ...row, fileName: name };
  });
  return { ...list, rows: named };
}

/** The names of files that a list knows, by their ids. */
export function namesIn({ rows }: JobList): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ fileId, fileName }) => (fileId === null || fileName === null ? [] : [[fileId, fileName] as const])),
  );
}

function newerOf(known: JobRow, other: JobRow): JobRow {
  if (other.updatedAt < known.updatedAt) return known;
  return { ...other, fileName: other.fileName ?? known.fileName };
}

function newestFirst(one: JobRow, other: JobRow): number {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}
