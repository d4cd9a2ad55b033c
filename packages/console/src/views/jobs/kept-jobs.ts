import { signal } from '@preact/signals';
import type { JobFilters } from './job-filters.js';
import { JobsFeed } from './jobs-feed.js';
import { sayChanges } from './say-changes.js';

/** The list of this tab: a visit to one of its jobs leaves it where it was. */
export const jobsFeed = new JobsFeed(sayChanges);

/** Which jobs it lists. */
export const jobFilters = signal<JobFilters>({});

/** The row that was turned to last. */
export const activeRow = signal(0);

/** How far it is scrolled, in pixels. */
export const listScroll = signal(0);
