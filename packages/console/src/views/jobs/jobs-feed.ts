import { type ReadonlySignal, signal } from '@preact/signals';
import type { EventSourceMessage } from 'eventsource-parser';
import { isAbort } from '../../api/describe-error.js';
import type { JobEvent } from '../../api/types.js';
import { type WatchState, watchEvents } from '../../api/watch-events.js';
import type { JobFilters } from './job-filters.js';
import { EMPTY_LIST, type JobChange, type JobList, withChanges, withNames, withPage } from './job-list.js';
import { type JobRow, rowOfEvent } from './job-row.js';
import { listJobs, nameFiles } from './jobs-api.js';

/** Changes are shown together, so that a full queue does not draw the list for each of them. */
const GATHER_MS = 150;

/** The list of jobs, kept up to date. */
export interface JobsFeed {
  readonly list: ReadonlySignal<JobList>;
  readonly state: ReadonlySignal<WatchState>;
  readonly error: ReadonlySignal<unknown>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** Starts to watch. @returns what ends it */
  watch(filters: JobFilters): () => void;
  loadMore(): void;
  /** Loads the list anew. */
  reload(): void;
  /** Shows at once what this page did itself; the event says the same later. */
  apply(change: JobChange): void;
}

/** Makes a feed; it asks for nothing until somebody watches. */
export function makeJobsFeed(onChanges: (changes: readonly JobChange[], before: JobList) => void): JobsFeed {
  const list = signal<JobList>(EMPTY_LIST);
  const state = signal<WatchState>('connecting');
  const error = signal<unknown>(undefined);
  const isLoading = signal(false);
  let filters: JobFilters = {};
  let isListed = false;
  let loading = new AbortController();
  let gathered: JobChange[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = (changes: readonly JobChange[]) => {
    const before = list.peek();
    list.value = withChanges(before, changes, filters);
    onChanges(changes, before);
  };
  const flush = () => {
    timer = undefined;
    const changes = gathered;
    gathered = [];
    apply(changes);
  };
  const load = async (token: string | null) => {
    const { signal: ended } = loading;
    isLoading.value = true;
    try {
      const page = await listJobs(filters, token, ended);
      list.value = withPage(token === null ? EMPTY_LIST : list.peek(), page);
      error.value = undefined;
      isLoading.value = false;
      const names = await nameFiles(unnamedFiles(page.rows), ended);
      list.value = withNames(list.peek(), names);
    } catch (caught) {
      if (isAbort(caught) || ended.aborted) return;
      error.value = caught;
      isLoading.value = false;
    }
  };
  const reload = () => {
    loading.abort();
    loading = new AbortController();
    gathered = [];
    isListed = true;
    void load(null);
  };
  const onEvent = ({ event, data }: EventSourceMessage) => {
    // The list is asked for once everything from then on is told; streams after the first go on where that one was.
    if (event === 'reset' || (event === 'ready' && !isListed)) return reload();
    const change = readChange(event, data);
    if (!change) return;
    gathered.push(change);
    timer ??= setTimeout(flush, GATHER_MS);
  };
  return {
    list,
    state,
    error,
    isLoading,
    reload,
    apply: (change) => apply([change]),
    watch(wanted) {
      filters = wanted;
      isListed = false;
      isLoading.value = true;
      const watching = new AbortController();
      const onState = (now: WatchState) => {
        state.value = now;
        // Without events there is still the list.
        if (now === 'broken' && !isListed) reload();
      };
      void watchEvents({ path: '/api/local/events', signal: watching.signal, onEvent, onState });
      return () => {
        watching.abort();
        loading.abort();
        clearTimeout(timer);
        timer = undefined;
      };
    },
    loadMore() {
      const { nextToken } = list.peek();
      if (nextToken !== null && !isLoading.peek()) void load(nextToken);
    },
  };
}

function readChange(event: string | undefined, data: string): JobChange | undefined {
  if (event === 'job') return { kind: 'job', row: rowOfEvent(JSON.parse(data) as JobEvent) };
  if (event === 'job_deleted') return { kind: 'deleted', id: (JSON.parse(data) as { id: string }).id };
  return undefined;
}

function unnamedFiles(rows: readonly JobRow[]): string[] {
  return [...new Set(rows.flatMap(({ fileId, fileName }) => (fileId === null || fileName !== null ? [] : [fileId])))];
}
