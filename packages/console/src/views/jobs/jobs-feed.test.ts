import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WatchOptions } from '../../api/watch-events.js';
import type { JobList } from './job-list.js';
import type { JobRow } from './job-row.js';
import { JobsFeed } from './jobs-feed.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function row(number: number, status: JobRow['status'] = 'COMPLETED'): JobRow {
  const createdAt = `2026-11-28T10:00:00.${String(number).padStart(6, '0')}Z`;
  const rest = { type: null, confidence: null, errorMessage: null, fileId: null, fileName: null };
  return { id: `clj-${number}`, status, configurationId: null, createdAt, updatedAt: createdAt, ...rest };
}

/** A server of so many jobs, in pages of two. */
function start(jobs: number) {
  const server = { jobs, lists: 0, counts: 0 };
  const all = () => Array.from({ length: server.jobs }, (_, index) => row(server.jobs - index));
  let watch: WatchOptions | undefined;
  const feed = new JobsFeed(() => {}, {
    watchEvents: async (options) => {
      watch = options;
    },
    listJobs: async ({ createdTo = 'z' }, token): Promise<JobList> => {
      server.lists++;
      const matching = all().filter(({ createdAt }) => createdAt <= createdTo);
      const rest = matching.filter(({ createdAt }) => token === null || createdAt < token);
      const rows = rest.slice(0, 2);
      const nextToken = rest.length > 2 ? (rows.at(-1)?.createdAt ?? null) : null;
      return { rows, total: matching.length, nextToken };
    },
    countJobs: async () => {
      server.counts++;
      return server.jobs;
    },
    nameFiles: async () => new Map(),
  });
  feed.watch({});
  const tell = (event: string, data: object = {}) =>
    watch?.onEvent({ event, data: JSON.stringify(data), id: undefined });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { feed, server, tell, settle, break: () => watch?.onState('broken') };
}

test('a first connection that fails leaves the list there, and the next one asks for it anew', async () => {
  const { feed, server, tell, settle, break: breakOff } = start(1);
  breakOff();
  breakOff();
  await settle();
  expect([feed.list.value.total, server.lists]).toEqual([1, 1]);
  server.jobs = 2;
  tell('ready');
  await settle();
  expect([feed.list.value.total, server.lists]).toEqual([2, 2]);
  // It goes on where it was.
  breakOff();
  tell('ready');
  await settle();
  expect(server.lists).toBe(2);
});

test('a list that is loaded anew is as long as it was seen', async () => {
  const { feed, tell, settle } = start(9);
  tell('ready');
  await settle();
  feed.loadMore();
  await settle();
  feed.wantedRows = 4;
  feed.reload();
  await settle();
  expect(feed.list.value.rows).toHaveLength(4);
});

test('jobs that are counted but not loaded are counted again, once, when one of them is deleted', async () => {
  const { feed, server, tell, settle } = start(9);
  tell('ready');
  await settle();
  server.jobs = 7;
  tell('job_deleted', { id: 'clj-1' });
  tell('job_deleted', { id: 'clj-2' });
  await vi.advanceTimersByTimeAsync(5000);
  expect([feed.list.value.total, server.counts]).toEqual([7, 1]);
  expect(feed.lastChanges.value).toHaveLength(2);
});

test('when all that is loaded is deleted, the rest is loaded', async () => {
  const { feed, server, tell, settle } = start(4);
  tell('ready');
  await settle();
  server.jobs = 2;
  feed.apply({ kind: 'deleted', id: 'clj-4' }, { kind: 'deleted', id: 'clj-3' });
  await settle();
  expect(feed.list.value.rows.map(({ id }) => id)).toEqual(['clj-2', 'clj-1']);
});
