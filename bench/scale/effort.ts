/** How much is measured. */
export interface Effort {
  /** Numbers of workers, ascending; the first is one. */
  readonly workers: readonly number[];
  /** Jobs for each worker. */
  readonly jobsPerWorker: number;
  /** Times that each step of a job is timed. */
  readonly steps: number;
  /** Jobs that find an idle worker. */
  readonly wakeUps: number;
  /** Rounds in which both stores take turns with the real engine. */
  readonly rounds: number;
  readonly warmUpCopies: number;
  readonly timedCopies: number;
  /** Requests for each percentile. */
  readonly requests: number;
  /** Jobs that wait meanwhile. */
  readonly queuedJobs: number;
  /** Finished jobs in the table. */
  readonly finishedJobs: number;
  /** Times that each question is asked, with few jobs and with many. */
  readonly asks: number;
}

/** What is committed. */
export const FULL_EFFORT: Effort = {
  workers: [1, 2, 4, 8, 16, 32, 64],
  jobsPerWorker: 30,
  steps: 1000,
  wakeUps: 200,
  rounds: 5,
  warmUpCopies: 6,
  timedCopies: 24,
  requests: 2500,
  queuedJobs: 3000,
  finishedJobs: 1_000_000,
  asks: 300,
};

/** Shows in a few minutes whether all of it works. Its figures mean little. */
export const QUICK_EFFORT: Effort = {
  workers: [1, 4, 16],
  jobsPerWorker: 4,
  steps: 50,
  wakeUps: 10,
  rounds: 1,
  warmUpCopies: 1,
  timedCopies: 2,
  requests: 100,
  queuedJobs: 200,
  finishedJobs: 20_000,
  asks: 30,
};
