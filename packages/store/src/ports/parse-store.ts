import type { Instant } from './instant.js';
import type { JobStatus, ParsingConfiguration } from './job-store.js';
import type { Lease, LeasedWork } from './leases.js';

/** A parse job as it is accepted. */
export interface NewParseJob {
  readonly projectId: string;
  /** The file that it reads. */
  readonly fileId: string;
  /** Name of that file: its extension can decide which reader reads it. */
  readonly name: string;
  /** Of that file. */
  readonly contentHash: string;
  /** As the caller named it; null for parse jobs that classification made itself. */
  readonly tier: string | null;
  readonly parsing: ParsingConfiguration | null;
}

/** What a parse job read. The text itself lies in the page cache. */
export interface ParseOutcome {
  readonly readerIdentity: string;
  /** The pages that were read, 1-based, ascending. */
  readonly pages: readonly number[];
  /** Pages of the whole document. */
  readonly pageCount: number;
}

/** A parse job: a reading of a file. Its `name` is empty once the file was deleted. */
export interface ParseJob extends Omit<NewParseJob, 'contentHash'> {
  /** `pjb-` and a UUID. */
  readonly id: string;
  readonly status: JobStatus;
  /** Null once the file's content was deleted. */
  readonly contentHash: string | null;
  /** Only when completed. */
  readonly outcome: ParseOutcome | null;
  /** Only when failed. */
  readonly errorMessage: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Parse jobs, with the same states and leases as jobs. */
export interface ParseStore extends LeasedWork<ParseJob> {
  create(parse: NewParseJob): Promise<ParseJob>;
  /** @param projectId When given, parse jobs of other projects are unknown */
  get(id: string, projectId?: string): Promise<ParseJob | undefined>;
  /** @returns Whether the lease was still held: if not, nothing was written */
  complete(lease: Lease, outcome: ParseOutcome): Promise<boolean>;
  /**
   * Deletes parse jobs that ended before a moment, and the page records of contents that no parse job refers to any more.
   * @returns How many parse jobs, at most `limit`
   */
  deleteEndedBefore(moment: Instant, limit: number): Promise<number>;
}
