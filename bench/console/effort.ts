/** How much is measured. */
export interface Effort {
  /** Visits for each median. */
  readonly visits: number;
  /** Times that a rule is changed while the queue is full. */
  readonly changes: number;
  readonly queuedFiles: number;
  readonly queuedJobs: number;
  /** Documents in one tab. */
  readonly documents: number;
}

/** What is committed. */
export const FULL_EFFORT: Effort = { visits: 15, changes: 30, queuedFiles: 800, queuedJobs: 3000, documents: 200 };

/** Shows in a minute or two whether all of it works. Its figures mean little. */
export const QUICK_EFFORT: Effort = { visits: 3, changes: 5, queuedFiles: 100, queuedJobs: 300, documents: 30 };
