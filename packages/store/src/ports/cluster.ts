import type { JobChange } from './job-changes.js';

/** What a process hears of the others that share its store. */
export interface ClusterListener {
  /** There may be something to do. */
  work?(): void;
  /** A job has ended that somebody waits for. */
  ended?(jobId: string): void;
  /** A job was cancelled: whoever works on it may stop. */
  cancelled?(jobId: string): void;
  /** There may be a webhook to deliver. */
  delivery?(): void;
  /** Something happened to a job; `untold` once more whenever it is connected. */
  job?(change: JobChange): void;
}

/** A process that works or serves, as it introduces itself. */
export interface WorkerIntroduction {
  /** As the owner of its leases. */
  readonly id: string;
  readonly host: string;
  readonly processId: number;
  /** Version of Docket. */
  readonly version: string;
  /** Identity of its engine, with models and knowledge; null while that is not known yet. */
  readonly engine: string | null;
  /** Names of its models. */
  readonly models: readonly string[];
  /** Documents that it works on at once; 0 for one that only serves. */
  readonly concurrency: number;
  /** Whether it accepts jobs: its engine is the one that answers are expected of. */
  readonly serves: boolean;
}

/** A process that works, as others know it. */
export interface WorkerState extends WorkerIntroduction {
  /** Jobs and parse jobs that it has taken up. */
  readonly running: number;
  readonly startedAt: Date;
  /** When it gave its last sign of life. */
  readonly seenAt: Date;
  /** Whether that was a short while ago. */
  readonly isAlive: boolean;
}

/** What processes that share a store know of each other. */
export interface Cluster {
  /** @returns Ends it */
  listen(listener: ClusterListener): () => void;
  /** A sign of life; the first one introduces the worker. */
  reportAlive(worker: WorkerIntroduction, running: number): Promise<void>;
  /** The worker ends. */
  leave(workerId: string): Promise<void>;
  /** Those that live, and those that went silent within the last hour; the oldest first. */
  workers(): Promise<WorkerState[]>;
}
