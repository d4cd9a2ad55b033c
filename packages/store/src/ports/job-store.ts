import type { ContentKey, ReadPages, Rule } from '@docket/core';
import type { ForgettingOptions } from './file-store.js';
import type { Instant } from './instant.js';
import type { Lease, LeasedWork } from './leases.js';
import type { ListPart, ListWindow } from './listing.js';
import type { NewParseJob, ParseOutcome } from './parse-store.js';
import type { WebhookTarget } from './webhook-store.js';

/** States of a job. The last three are final. */
export const JOB_STATUSES = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;

/** One of {@link JOB_STATUSES}. */
export type JobStatus = (typeof JOB_STATUSES)[number];

/** What the caller's `file_input` is. */
export type DocumentInputType = 'file_id' | 'parse_job_id' | 'url';

/** What of a document is read. */
export interface ParsingConfiguration {
  readonly lang: string;
  readonly targetPages: string | null;
  readonly maxPages: number | null;
}

/** What a job runs with, defaults filled in. */
export interface ClassifyConfiguration {
  readonly rules: readonly Rule[];
  readonly mode: 'FAST';
  readonly parsing: ParsingConfiguration | null;
}

/** The answer of a job. */
export interface JobResult {
  readonly type: string | null;
  readonly confidence: number;
  readonly reasoning: string;
}

/** The webhooks of a job. */
export interface JobWebhooks {
  readonly targets: readonly WebhookTarget[];
}

/** A job as it is accepted. */
export interface NewJob {
  readonly projectId: string;
  readonly inputType: DocumentInputType;
  /** As the caller wrote it. */
  readonly input: string;
  /** The id by which the file or parse job is stored. */
  readonly sourceId: string;
  readonly configuration: ClassifyConfiguration;
  readonly configurationId: string | null;
  readonly transactionId: string | null;
  /** For a parse job as input, its id. */
  readonly parseJobId: string | null;
  /** Where its events go; null: nowhere. */
  readonly webhooks: JobWebhooks | null;
}

/** A job. */
export interface Job extends NewJob {
  /** `clj-` and a UUID. */
  readonly id: string;
  readonly status: JobStatus;
  /** Only when completed. */
  readonly result: JobResult | null;
  /** Only when failed: `code: what happened and what to do`. */
  readonly errorMessage: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Identity of the engine that was to answer, where a store keeps that. */
  readonly expectedEngine?: string;
}

/** What was read on the way to an answer: it is kept together with that. */
export interface JobReading {
  /** The pages, unless they were kept before. */
  readonly kept?: { readonly key: ContentKey; readonly read: ReadPages };
  /** The parse job to leave behind, by which the text can be fetched and classified again. */
  readonly parse?: { readonly job: NewParseJob; readonly outcome: ParseOutcome };
}

/** How a job ended well. */
export interface JobCompletion {
  readonly result: JobResult;
  readonly reading: JobReading;
  /** Of the document's bytes, so that what quotes it can be found when it is deleted. */
  readonly contentHash: string;
  /** The reasoning with its quotes left out, for when they are purged. */
  readonly reasoningWithoutQuotes: string;
  /** Plain data behind the answer; see `GET /api/local/classify/{id}/explanation`. */
  readonly explanation: unknown;
}

/** Which jobs to list; conditions are joined by AND. */
export interface JobQuery extends ListWindow {
  readonly projectId: string;
  readonly status?: JobStatus | undefined;
  readonly configurationId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Inclusive. */
  readonly createdFrom?: Instant | undefined;
  /** Inclusive. */
  readonly createdTo?: Instant | undefined;
}

/** How a job is accepted. */
export interface JobCreationOptions {
  /** Jobs that may wait. A store of several processes may let in a few more. */
  readonly maxPending: number;
  /** Whether somebody waits for the answer: a store of several processes lets it go before those that nobody waits for. */
  readonly isAwaited?: boolean | undefined;
  /** Identity of the engine that is to answer: one that differs says so. Kept by a store of several processes. */
  readonly expectedEngine?: string | undefined;
}

/** What became of a create. */
export type JobCreation =
  | { readonly outcome: 'created'; readonly job: Job }
  /** A job of this project has this transaction id already: this is it. */
  | { readonly outcome: 'existing'; readonly job: Job }
  /** As many jobs wait as may. */
  | { readonly outcome: 'full'; readonly pending: number };

/** What became of a cancel. */
export type JobCancellation =
  | { readonly outcome: 'cancelled'; readonly job: Job }
  /** It had ended before. */
  | { readonly outcome: 'ended'; readonly job: Job }
  | { readonly outcome: 'unknown' };

/** What became of a delete. */
export type JobDeletion =
  | { readonly outcome: 'deleted'; readonly job: Job }
  /** It has not ended yet. */
  | { readonly outcome: 'active'; readonly job: Job }
  | { readonly outcome: 'unknown' };

/** How many jobs there are, for metrics and back-pressure. */
export interface JobCounts {
  readonly byStatus: Readonly<Record<JobStatus, number>>;
  /** When the job that waits longest was created. */
  readonly oldestPending?: Instant;
}

/**
 * Jobs. `PENDING -> RUNNING -> COMPLETED | FAILED` through leases, `PENDING | RUNNING -> CANCELLED`; final states never
 * change. A job whose input is a parse job is not claimed before that parse job has ended.
 */
export interface JobStore extends LeasedWork<Job> {
  /** Accepts a job, unless its `transactionId` is taken in its project or `maxPending` jobs wait: all in one step. */
  create(job: NewJob, options: JobCreationOptions): Promise<JobCreation>;
  findByTransaction(projectId: string, transactionId: string): Promise<Job | undefined>;
  /** @param projectId When given, jobs of other projects are unknown; so for all methods below */
  get(id: string, projectId?: string): Promise<Job | undefined>;
  /** Newest first. */
  list(query: JobQuery): Promise<ListPart<Job>>;
  /**
   * Keeps an answer and what was read for it, in one step. Pages and the explanation are kept only while their content is
   * there; reasoning and parse job are as if they had been there when that was deleted.
   * @param options As the content is deleted with
   * @returns Whether the lease was still held: if not, nothing was written
   */
  complete(lease: Lease, completion: JobCompletion, options?: ForgettingOptions): Promise<boolean>;
  cancel(id: string, projectId?: string): Promise<JobCancellation>;
  /** Deletes a job that has ended; its `transactionId` is free again. */
  delete(id: string, projectId?: string): Promise<JobDeletion>;
  /** What was kept behind the answer of a completed job; undefined when there is none (any more). */
  explanation(id: string): Promise<unknown>;
  counts(): Promise<JobCounts>;
  /** Deletes jobs that ended before a moment. @returns How many, at most `limit` */
  deleteEndedBefore(moment: Instant, limit: number): Promise<number>;
  /** Deletes the explanations of jobs that ended before a moment. @returns How many, at most `limit` */
  deleteExplanationsBefore(moment: Instant, limit: number): Promise<number>;
}
