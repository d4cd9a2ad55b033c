import type { JobChangeFeed } from '../job-change-feed.js';
import type { ForgettingOptions } from '../ports/file-store.js';
import type { Instant } from '../ports/instant.js';
import type { Job, JobCancellation, JobCompletion, JobCreation, JobDeletion, NewJob } from '../ports/job-store.js';
import type { Lease, LeaseOptions } from '../ports/leases.js';
import type { SqliteContext } from './sqlite-context.js';
import { SqliteJobStore } from './sqlite-job-store.js';

/** Jobs in SQLite whose changes are told: nobody but this process makes any. */
export class AnnouncedJobStore extends SqliteJobStore {
  readonly #feed: JobChangeFeed;

  constructor(
    context: SqliteContext,
    { feed, ...readings }: ConstructorParameters<typeof SqliteJobStore>[1] & { readonly feed: JobChangeFeed },
  ) {
    super(context, readings);
    this.#feed = feed;
  }

  override async create(job: NewJob, options: Parameters<SqliteJobStore['create']>[1]): Promise<JobCreation> {
    const creation = await super.create(job, options);
    if (creation.outcome === 'created') this.#changed(creation.job.id);
    return creation;
  }

  override async claim(options: LeaseOptions): Promise<Job | undefined> {
    const job = await super.claim(options);
    if (job) this.#changed(job.id);
    return job;
  }

  override async release(lease: Lease): Promise<boolean> {
    return this.#changedIf(await super.release(lease), lease);
  }

  override async fail(lease: Lease, errorMessage: string): Promise<boolean> {
    return this.#changedIf(await super.fail(lease, errorMessage), lease);
  }

  override async complete(lease: Lease, completion: JobCompletion, options?: ForgettingOptions): Promise<boolean> {
    return this.#changedIf(await super.complete(lease, completion, options), lease);
  }

  override async failLost(): Promise<readonly string[]> {
    const ids = await super.failLost();
    for (const id of ids) this.#changed(id);
    return ids;
  }

  override async cancel(id: string, projectId?: string): Promise<JobCancellation> {
    const cancellation = await super.cancel(id, projectId);
    if (cancellation.outcome === 'cancelled') this.#changed(id);
    return cancellation;
  }

  override async delete(id: string, projectId?: string): Promise<JobDeletion> {
    const deletion = await super.delete(id, projectId);
    if (deletion.outcome === 'deleted') {
      this.#feed.tell({ kind: 'deleted', jobId: id, projectId: deletion.job.projectId });
    }
    return deletion;
  }

  override async deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    const count = await super.deleteEndedBefore(moment, limit);
    if (count > 0) this.#feed.tell({ kind: 'untold' });
    return count;
  }

  #changedIf(isChanged: boolean, { id }: Lease): boolean {
    if (isChanged) this.#changed(id);
    return isChanged;
  }

  #changed(jobId: string): void {
    this.#feed.tell({ kind: 'changed', jobId });
  }
}
