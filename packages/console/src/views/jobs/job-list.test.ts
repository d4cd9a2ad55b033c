import { describe, expect, test } from 'vitest';
import { matchesFilters, parseJobIds, queryOfFilters } from './job-filters.js';
import {
  cutList,
  EMPTY_LIST,
  hasMore,
  isTotalUnsure,
  type JobChange,
  type JobList,
  withChanges,
  withNames,
  withPage,
} from './job-list.js';
import type { JobRow } from './job-row.js';

function row(number: number, change: Partial<JobRow> = {}): JobRow {
  const createdAt = `2026-11-28T10:00:0${number}.000000Z`;
  return {
    id: `clj-${number}`,
    status: 'PENDING',
    type: null,
    confidence: null,
    errorMessage: null,
    fileId: `dfl-${number}`,
    fileName: null,
    configurationId: null,
    createdAt,
    updatedAt: createdAt,
    ...change,
  };
}

const changed = (number: number, change: Partial<JobRow> = {}): JobChange => ({
  kind: 'job',
  row: row(number, change),
});
const numbersOf = ({ rows }: JobList) => rows.map(({ id }) => id.slice(4)).join('');
const page: JobList = { rows: [row(5), row(4)], total: 4, nextToken: 'more' };

describe('the list of jobs', () => {
  test('is in order whatever comes first: pages, new jobs, the same again', () => {
    const first = withChanges(withPage(EMPTY_LIST, page), [changed(7), changed(6), changed(6)], {});
    const whole = withPage(first, { rows: [row(4), row(3), row(2)], total: 6, nextToken: null });
    expect([numbersOf(whole), whole.total, whole.nextToken]).toEqual(['765432', 6, null]);
  });

  test('does not show older jobs before their page: they would stand in a gap', () => {
    const list = withChanges(withPage(EMPTY_LIST, page), [changed(1, { status: 'RUNNING' })], {});
    expect([numbersOf(list), list.total]).toEqual(['54', 4]);
    const whole = { ...page, nextToken: null, total: 2 };
    expect(numbersOf(withChanges(whole, [changed(1)], {}))).toBe('541');
  });

  test('shows the newest state of a job, and keeps the name of its file', () => {
    const named = withNames(page, new Map([['dfl-5', 'five.pdf']]));
    const late = '2026-11-28T10:00:09.000000Z';
    const done = changed(5, { status: 'COMPLETED', updatedAt: late });
    const list = withChanges(named, [done, changed(5, { status: 'RUNNING' })], {});
    expect(list.rows[0]).toMatchObject({ status: 'COMPLETED', fileName: 'five.pdf' });
  });

  test('loses what is deleted, and what is no longer like the filters', () => {
    const filters = { status: 'PENDING' } as const;
    const late = '2026-11-28T10:00:09.000000Z';
    const list = withChanges(
      page,
      [
        { kind: 'deleted', id: 'clj-5' },
        { kind: 'deleted', id: 'clj-0' },
        changed(4, { status: 'RUNNING', updatedAt: late }),
      ],
      filters,
    );
    expect([numbersOf(list), list.total]).toEqual(['', 2]);
  });
});

test('what is dropped of a long list comes back with the pages behind its last row', () => {
  const whole: JobList = { rows: [row(5), row(4), row(3), row(2)], total: 9, nextToken: 'more' };
  const cut = cutList(whole, 2);
  expect([numbersOf(cut), cut.total, cut.tailFrom, hasMore(cut)]).toEqual(['54', 9, row(4).createdAt, true]);
  // The server counts what is left of the list alone.
  const next = withPage(cut, { rows: [row(4), row(3)], total: 6, nextToken: 'rest' });
  expect([numbersOf(next), next.total, next.tailFrom]).toEqual(['543', 9, row(4).createdAt]);
  const last = withPage(next, { rows: [row(2)], total: 6, nextToken: null });
  expect(hasMore(last)).toBe(false);
  expect(cutList(whole, 4)).toBe(whole);
});

test('the total is unsure only after changes of jobs that are not loaded', () => {
  const filters = { status: 'PENDING' } as const;
  expect(isTotalUnsure(page, [{ kind: 'deleted', id: 'clj-1' }], {})).toBe(true);
  expect(isTotalUnsure(page, [{ kind: 'deleted', id: 'clj-5' }, changed(6)], {})).toBe(false);
  expect(isTotalUnsure(page, [changed(1, { status: 'RUNNING' })], {})).toBe(false);
  expect(isTotalUnsure(page, [changed(1, { status: 'RUNNING' })], filters)).toBe(true);
  expect(isTotalUnsure({ ...page, nextToken: null }, [{ kind: 'deleted', id: 'clj-1' }], {})).toBe(false);
});

test('filters hold for jobs as the API holds them', () => {
  const job = row(5, { configurationId: 'cfg-1' });
  const filters = { status: 'PENDING', configurationId: 'cfg-1', jobIds: ['clj-5'] } as const;
  expect(matchesFilters(job, filters)).toBe(true);
  expect(matchesFilters(job, { ...filters, jobIds: ['clj-6'] })).toBe(false);
  expect(matchesFilters(job, { createdFrom: '2026-11-28T10:00:05Z', createdTo: '2026-11-28T10:00:05Z' })).toBe(true);
  expect(matchesFilters(job, { createdFrom: '2026-11-28T10:00:06Z' })).toBe(false);
  expect(matchesFilters(job, { createdTo: '2026-11-28T10:00:04Z' })).toBe(false);
  expect(queryOfFilters(filters)).toEqual({ status: 'PENDING', configuration_id: 'cfg-1', job_ids: ['clj-5'] });
  expect(queryOfFilters({})).toEqual({});
  expect([parseJobIds(' a,b;\nc  '), parseJobIds(' , ')]).toEqual([['a', 'b', 'c'], undefined]);
});
