/** How much is measured. */
export interface Effort {
  /** Rounds in which variants take turns; each has a server of its own. */
  readonly rounds: number;
  /** Copies of each fixture that warm up the engine processes, on both sides. */
  readonly warmUpCopies: number;
  /** Copies of each fixture that are timed. */
  readonly timedCopies: number;
  /** Copies of each labelled document that are timed. */
  readonly labelledCopies: number;
  /** Rounds in which the queue is filled. */
  readonly queueRounds: number;
  readonly queuedFiles: number;
  readonly queuedJobs: number;
  /** GETs for each percentile, in each round. */
  readonly requests: number;
  /** Jobs for each percentile from create to COMPLETED. */
  readonly turnarounds: number;
  readonly uploads: number;
}

/** What is committed. */
export const FULL_EFFORT: Effort = {
  rounds: 5,
  warmUpCopies: 4,
  timedCopies: 20,
  labelledCopies: 4,
  queueRounds: 3,
  queuedFiles: 2000,
  queuedJobs: 5000,
  requests: 2500,
  turnarounds: 250,
  uploads: 5,
};

/** Shows in a minute or two whether all of it works. Its figures mean little. */
export const QUICK_EFFORT: Effort = {
  rounds: 3,
  warmUpCopies: 1,
  timedCopies: 3,
  labelledCopies: 1,
  queueRounds: 1,
  queuedFiles: 400,
  queuedJobs: 1000,
  requests: 300,
  turnarounds: 20,
  uploads: 1,
};
