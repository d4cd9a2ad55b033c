import { signal } from '@preact/signals';
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

/** The list of jobs, kept up to date. It asks for nothing until somebody watches. */
export class JobsFeed {
  readonly list = signal<JobList>(EMPTY_LIST);
  readonly state = signal<WatchState>('connecting');
  readonly error = signal<unknown>(undefined);
  readonly isLoading = signal(false);
  private filters: JobFilters = {};
  private isListed = false;
  /** Whether the first page is on its way. */
  private isReplacing = false;
  private loading = new AbortController();
  private gathered: JobChange[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onChanges Told of what happened, and of the list before */
  constructor(private readonly onChanges: (changes: readonly JobChange[], before: JobList) => void) {}

  /** Starts to watch. @returns what ends it */
  watch(filters: JobFilters): () => void {
    this.filters = filters;
    this.isListed = false;
    this.isLoading.value = true;
    const watching = new AbortController();
    void watchEvents({
      path: '/api/local/events',
      signal: watching.signal,
      onEvent: (event) => this.take(event),
      onState: (now) => {
        this.state.value = now;
        // Without events there is still the list.
        if (now === 'broken' && !this.isListed) this.reload();
      },
    });
    return () => {
      watching.abort();
      this.loading.abort();
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  /** Loads the next page. */
  loadMore(): void {
    const { nextToken } = this.list.peek();
    if (nextToken !== null && !this.isLoading.peek()) void this.load(nextToken);
  }

  /** Loads the list anew. */
  reload(): void {
    this.loading.abort();
    this.loading = new AbortController();
    this.gathered = [];
    this.isListed = true;
    void this.load(null);
  }

  /** Shows at once what this page did itself; the event says the same later. */
  apply(...changes: readonly JobChange[]): void {
    const before = this.list.peek();
    this.list.value = withChanges(before, changes, this.filters);
    this.onChanges(changes, before);
  }

  private take({ event, data }: EventSourceMessage): void {
    // The list is asked for once everything from then on is told; streams after the first go on where that one was.
    if (event === 'reset' || (event === 'ready' && !this.isListed)) this.reload();
    const change = readChange(event, data);
    if (!change) return;
    this.gathered.push(change);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // What happens while the list is loaded may not be in it: it is told of that afterwards.
    if (this.isReplacing || this.gathered.length === 0) return;
    const changes = this.gathered;
    this.gathered = [];
    this.apply(...changes);
  }

  private async load(token: string | null): Promise<void> {
    const { signal: ended } = this.loading;
    this.isLoading.value = true;
    this.isReplacing = token === null;
    try {
      const page = await listJobs(this.filters, token, ended);
      this.list.value = withPage(token === null ? EMPTY_LIST : this.list.peek(), page);
      this.error.value = undefined;
      this.isLoading.value = false;
      this.isReplacing = false;
      this.flush();
      const names = await nameFiles(unnamedFiles(page.rows), ended);
      this.list.value = withNames(this.list.peek(), names);
    } catch (caught) {
      if (isAbort(caught) || ended.aborted) return;
      this.error.value = caught;
      this.isLoading.value = false;
      this.isReplacing = false;
    }
  }
}

function readChange(event: string | undefined, data: string): JobChange | undefined {
  if (event === 'job') return { kind: 'job', row: rowOfEvent(JSON.parse(data) as JobEvent) };
  if (event === 'job_deleted') return { kind: 'deleted', id: (JSON.parse(data) as { id: string }).id };
  return undefined;
}

function unnamedFiles(rows: readonly JobRow[]): string[] {
  return [...new Set(rows.flatMap(({ fileId, fileName }) => (fileId === null || fileName !== null ? [] : [fileId])))];
}
