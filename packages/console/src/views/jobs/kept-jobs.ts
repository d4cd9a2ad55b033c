import { signal } from '@preact/signals';
import type { JobFilters } from './job-filters.js';
import type { JobRow } from './job-row.js';
import { JobsFeed } from './jobs-feed.js';
import type { ActiveRow } from './list-place.js';
import { sayChanges } from './say-changes.js';

/** The list of this tab: a visit to one of its jobs leaves it where it was. */
export const jobsFeed = new JobsFeed(sayChanges);

/** Which jobs it lists. */
export const jobFilters = signal<JobFilters>({});

/** The row that was turned to last. */
export const activeRow = signal<ActiveRow>({ id: undefined, index: 0 });

/** How far it is scrolled, in pixels. */
export const listScroll = signal(0);

/** How often the list began anew, with other jobs. */
export const listTurn = signal(0);

/** Whether the active row is to have the focus as soon as it is there: what had it is gone. */
export const mustFocusRow = signal(false);

/** A job that somebody wants to delete, until they have said so again. */
export const jobToDelete = signal<JobRow | undefined>(undefined);

/** Lists other jobs, from the first one on. */
export function filterJobs(filters: JobFilters): void {
  jobFilters.value = filters;
  activeRow.value = { id: undefined, index: 0 };
  listScroll.value = 0;
  listTurn.value++;
}
