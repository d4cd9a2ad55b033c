import type { Job, Store } from '@docket/store';
import type { Logger } from 'pino';
import type { JobEvents } from './events/job-events.js';
import type { Foreground } from './foreground/foreground.js';
import type { Metrics } from './operations/metrics.js';
import type { ServerFacts } from './operations/server-state.js';
import type { BenchRuns } from './runs/bench-runs.js';

/** How the server behaves; made from the configuration by `serve.ts`. */
export interface ServerSettings {
  /** Address that is bound. */
  readonly host: string;
  /** Address by which clients reach the server, when it is another than the bound one; without a trailing slash. */
  readonly publicUrl?: string;
  /** SHA-256 of each key; absent: no key is needed. */
  readonly apiKeyHashes?: readonly Uint8Array[];
  /** Origins of web pages that may call, beside the server's own. */
  readonly allowOrigins: readonly string[];
  readonly maxUploadBytes: number;
  /** How long files are kept; absent: for good. */
  readonly fileRetentionMs?: number;
  readonly maxPendingJobs: number;
  /** Free disk space under which neither files nor jobs are accepted. */
  readonly minFreeBytes: number;
  /** Whether deleting a document takes its quotes out of finished jobs. */
  readonly purgeQuotesOnDelete: boolean;
}

/** What runs accepted jobs. */
export interface Runner {
  /** Says that there may be something to do. Never waits. */
  wake(): void;
  /** Stops the work on a job that was cancelled. */
  abort(jobId: string): void;
  /** Waits until a job has ended; undefined when it has not after so long, or when the signal aborts. */
  waitForEnd(jobId: string, timeoutMs: number, signal?: AbortSignal): Promise<Job | undefined>;
  /** Jobs that ended a second, as of late; 0 when nothing is known yet. */
  readonly jobsPerSecond: number;
  /** Processes that were ended or lost so far. */
  readonly restarts: number;
  /** What jobs that are accepted here are to be answered by, once that is known. */
  readonly engine: string | undefined;
  /** Whether the engine has classified its self-test; the reason when it failed. */
  readonly selfTest: Promise<void>;
}

/** What delivers the events of jobs; there only when `webhook.allow` names a host. */
export interface Webhooks {
  /** Whether something may be delivered to a URL, as far as its host goes. */
  allows(url: string): boolean;
  /** Says that there may be something to deliver. Never waits. */
  wake(): void;
}

/** What the routes work with. */
export interface Services {
  readonly store: Store;
  readonly runner: Runner;
  /** Work that somebody at a screen waits for. */
  readonly foreground: Foreground;
  /** What happens to jobs, for those who watch. */
  readonly events: JobEvents;
  /** Runs of `docket bench` to show. */
  readonly runs: BenchRuns;
  readonly settings: ServerSettings;
  readonly facts: ServerFacts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly webhooks?: Webhooks | undefined;
}
