import { signal } from '@preact/signals';
import type { EventSourceMessage } from 'eventsource-parser';
import { isAbort } from '../../api/describe-error.js';
import type { JobEvent } from '../../api/types.js';
import { type WatchState, watchEvents } from '../../api/watch-events.js';
import type { JobFilters } from './job-filters.js';
import {
  cutList,
  EMPTY_LIST,
  hasMore,
  isTotalUnsure,
  type JobChange,
  type JobList,
  namesIn,
  withChanges,
  withNames,
  withPage,
} from './job-list.js';
import { type JobRow, rowOfEvent } from './job-row.js';
import { countJobs, listJobs, nameFiles } from './jobs-api.js';

/** Changes are shown together, so that a full queue does not draw the list for each of them. */
const GATHER_MS = 150;

/** How long after a change that may concern jobs that are not loaded they are counted again. */
const COUNT_MS = 1000;

/** More rows are kept only where somebody has scrolled to them. */
const MOST_ROWS = 3000;

/** What the feed asks of the server. */
export interface JobsApi {
  readonly listJobs: typeof listJobs;
  readonly countJobs: typeof countJobs;
  readonly nameFiles: typeof nameFiles;
  readonly watchEvents: typeof watchEvents;
}

type OnChanges = (changes: readonly JobChange[], before: JobList, after: JobList) => void;

/** The list of jobs, kept up to date. It asks for nothing until somebody watches. */
export class JobsFeed {
  readonly list = signal<JobList>(EMPTY_LIST);
  readonly state = signal<WatchState>('connecting');
  readonly error = signal<unknown>(undefined);
  /** Why the latest action on a job failed, until somebody has read it. */
  readonly actionError = signal<unknown>(undefined);
  readonly isLoading = signal(false);
  /** What happened last, also to jobs that are not in the list. */
  readonly lastChanges = signal<readonly JobChange[]>([]);
  /** How often everything had to be asked for anew. */
  readonly resets = signal(0);
  /** How many rows are to be there again when the list is loaded anew. */
  wantedRows = 0;
  private filters: JobFilters = {};
  /** Whether the list was asked for. */
  private isListed = false;
  /** Whether it was asked for since when everything is told: what happens in between is in it or told. */
  private isSynchronised = false;
  /** Whether the first page is on its way. */
  private isReplacing = false;
  private loading = new AbortController();
  private gathered: JobChange[] = [];
  private gatherTimer: ReturnType<typeof setTimeout> | undefined;
  private countTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onChanges Told of what happened, and of the list before and after */
  constructor(
    private readonly onChanges: OnChanges,
    private readonly api: JobsApi = { listJobs, countJobs, nameFiles, watchEvents },
  ) {}

  /** Starts to watch. @returns what ends it */
  watch(filters: JobFilters): () => void {
    this.filters = filters;
    this.isListed = false;
    this.isSynchronised = false;
    this.isLoading.value = true;
    const watching = new AbortController();
    void this.api.watchEvents({
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
      clearTimeout(this.gatherTimer);
      clearTimeout(this.countTimer);
      this.gatherTimer = undefined;
      this.countTimer = undefined;
    };
  }

  /** Loads the next page. */
  loadMore(): void {
    if (hasMore(this.list.peek()) && !this.isLoading.peek()) void this.load(() => this.loadNext(this.list.peek()));
  }

  /** Loads the list anew, as far as it was seen. */
  reload(): void {
    this.loading.abort();
    this.loading = new AbortController();
    this.gathered = [];
    this.isListed = true;
    this.isReplacing = true;
    void this.load(() => this.loadAnew());
  }

  /** Shows at once what this page did itself; the event says the same later. */
  apply(...changes: readonly JobChange[]): void {
    const before = this.list.peek();
    const after = withChanges(before, changes, this.filters);
    this.list.value = cutList(after, Math.max(MOST_ROWS, this.wantedRows));
    this.lastChanges.value = changes;
    if (isTotalUnsure(before, changes, this.filters)) this.countLater();
    if (after.rows.length === 0) this.loadMore();
  }

  private take({ event, data }: EventSourceMessage): void {
    // The list is asked for once everything from then on is told; streams after the first go on where that one was.
    if (event === 'reset' || (event === 'ready' && !this.isSynchronised)) {
      this.isSynchronised = true;
      this.resets.value++;
      this.reload();
    }
    const change = readChange(event, data);
    if (!change) return;
    this.gathered.push(change);
    this.gatherTimer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  private flush(): void {
    clearTimeout(this.gatherTimer);
    this.gatherTimer = undefined;
    // What happens while the list is loaded may not be in it: it is told of that afterwards.
    if (this.isReplacing || this.gathered.length === 0) return;
    const changes = this.gathered;
    this.gathered = [];
    const before = this.list.peek();
    this.apply(...changes);
    this.onChanges(changes, before, this.list.peek());
  }

  private async load(task: () => Promise<JobList>): Promise<void> {
    const { signal: ended } = this.loading;
    this.isLoading.value = true;
    try {
      const { rows } = await task();
      if (ended.aborted) return;
      this.error.value = undefined;
      this.endLoading();
      this.flush();
      const names = await this.api.nameFiles(unnamedFiles(rows), ended);
      if (!ended.aborted) this.list.value = withNames(this.list.peek(), names);
    } catch (caught) {
      if (isAbort(caught) || ended.aborted) return;
      this.error.value = caught;
      this.endLoading();
    }
  }

  private endLoading(): void {
    this.isLoading.value = false;
    this.isReplacing = false;
  }

  /** @returns the page */
  private async loadNext(list: JobList): Promise<JobList> {
    const page = await this.loadPage(list);
    this.list.value = withPage(this.list.peek(), page);
    return page;
  }

  /** @returns what the list begins with now */
  private async loadAnew(): Promise<JobList> {
    const wanted = Math.min(this.wantedRows, this.list.peek().rows.length);
    let list = EMPTY_LIST;
    do list = withPage(list, await this.loadPage(list));
    while (list.rows.length < wanted && hasMore(list));
    this.list.value = withNames(list, namesIn(this.list.peek()));
    return this.list.peek();
  }

  private loadPage({ nextToken, tailFrom }: JobList): Promise<JobList> {
    const filters = tailFrom === undefined ? this.filters : { ...this.filters, createdTo: tailFrom };
    return this.api.listJobs(filters, nextToken, this.loading.signal);
  }

  private countLater(): void {
    const { signal: ended } = this.loading;
    clearTimeout(this.countTimer);
    this.countTimer = setTimeout(() => {
      this.api.countJobs(this.filters, ended).then(
        (total) => {
          if (!ended.aborted && total !== undefined) this.list.value = { ...this.list.peek(), total };
        },
        // The next change asks again.
        () => {},
      );
    }, COUNT_MS);
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
