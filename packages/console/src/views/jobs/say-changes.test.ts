import { expect, test, vi } from 'vitest';
import { EMPTY_LIST, type JobChange, type JobList, withChanges } from './job-list.js';
import type { JobRow } from './job-row.js';
import { ChangeSayer } from './say-changes.js';

function job(id: string, status: JobRow['status'], createdAt = '2026-11-28T10:00:00Z'): JobChange {
  const rest = { type: null, confidence: null, errorMessage: null, fileId: null, configurationId: null };
  return {
    kind: 'job',
    row: { id, status, fileName: `${id}.pdf`, createdAt, updatedAt: '2026-11-28T10:00:09Z', ...rest },
  };
}

test('what happens in the pause is said after it; old jobs that are not listed are not new', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const sayer = new ChangeSayer((text) => said.push(text), 1000);
  let list: JobList = { ...EMPTY_LIST, nextToken: 'more' };
  const happen = (...changes: JobChange[]) => {
    const before = list;
    list = withChanges(before, changes, {});
    sayer.take(changes, before, list);
  };
  happen(job('a', 'PENDING'), job('b', 'PENDING'));
  happen(job('a', 'RUNNING'));
  happen(job('a', 'COMPLETED'));
  happen(job('b', 'FAILED'), job('c', 'PENDING'), job('old', 'RUNNING', '2025-01-01T00:00:00Z'));
  expect(said).toEqual(['2 new jobs']);
  vi.advanceTimersByTime(1000);
  expect(said.at(-1)).toBe('2 jobs ended. 1 new job');
  happen(job('c', 'CANCELLED'));
  vi.advanceTimersByTime(1000);
  expect(said.slice(2)).toEqual(['c.pdf: Cancelled']);
  vi.advanceTimersByTime(5000);
  expect(said).toHaveLength(3);
  vi.useRealTimers();
});
