import { randomUUID } from 'node:crypto';
import type { ForgettingOptions } from '../ports/file-store.js';
import type { Instant } from '../ports/instant.js';
import type {
  Job,
  JobCancellation,
  JobCompletion,
  JobCounts,
  JobCreation,
  JobCreationOptions,
  JobDeletion,
  JobQuery,
  JobStatus,
  JobStore,
  NewJob,
} from '../ports/job-store.js';
import type { Lease, LeaseOptions } from '../ports/leases.js';
import type { ListPart } from '../ports/listing.js';
import { type JobRow, toJob } from '../rows/job-rows.js';
import { condition } from '../rows/list-conditions.js';
import { ALL_PROJECTS, completionStatement, JOBS_TABLE, JOB_STATEMENTS as STATEMENTS } from './job-statements.js';
import { listPart, ofProject, oneOf } from './list-part.js';
import { announceCancellation, announceDeletion, announceEnd, announceSweep } from './notifications.js';
import { PendingCount } from './pending-count.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';
import { PostgresLeasedWork } from './postgres-leased-work.js';
import { keptParameters } from './postgres-page-cache.js';
import { parseParameters } from './postgres-parse-store.js';
import type { PostgresQueries } from './queries.js';

/** Waiting jobs from which on no worker is idle. PostgreSQL commits what notifies one after the other, each with its wait for the disk. */
const BUSY_PENDING = 1_000;

/** Jobs in PostgreSQL. */
export class PostgresJobStore extends PostgresLeasedWork<JobRow, Job> implements JobStore {
  readonly #pending = new PendingCount();

  constructor(context: PostgresContext) {
    super(context, JOBS_TABLE);
  }

  protected override toWork(row: JobRow): Job {
    return toJob(row);
  }

  /** While many more may wait, how many do is known as of half a second ago. */
  async create(job: NewJob, options: JobCreationOptions): Promise<JobCreation> {
    while (true) {
      const existing = await this.#findExisting(job);
      if (existing !== undefined) return { outcome: 'existing', job: existing };
      const creation = await this.context.database.transaction(
        async (transaction): Promise<JobCreation | undefined> => {
          const pending = await this.#pending.near(options.maxPending, transaction);
          if (pending >= options.maxPending) return { outcome: 'full', pending };
          const isQuiet = pending >= BUSY_PENDING && options.isAwaited !== true;
          const created = await this.#insert(job, { ...options, isQuiet }, transaction);
          return created && { outcome: 'created', job: created };
        },
      );
      // Otherwise another has come first with its transaction id, at the same moment.
      if (creation !== undefined) return creation;
    }
  }

  async findByTransaction(projectId: string, transactionId: string): Promise<Job | undefined> {
    return read(this.context.database, STATEMENTS.findByTransaction, { projectId, transactionId });
  }

  async get(id: string, projectId?: string): Promise<Job | undefined> {
    return read(this.context.database, STATEMENTS.get, { id, projectId });
  }

  async list(query: JobQuery): Promise<ListPart<Job>> {
    const { projectId, status, configurationId, ids, createdFrom, createdTo, ...window } = query;
    const narrowing = [
      condition('configuration_id = @configurationId', 'configurationId', configurationId),
      oneOf('id', 'ids', ids),
      condition('created_at >= @createdFrom', 'createdFrom', createdFrom),
      condition('created_at <= @createdTo', 'createdTo', createdTo),
    ];
    const isCounted = narrowing.every((item) => item === undefined);
    return listPart<JobRow, Job>(this.context.database, {
      table: 'jobs',
      columns: STATEMENTS.columns,
      conditions: [ofProject(projectId), condition('status = @status', 'status', status), ...narrowing],
      order: ['created_at', 'id'],
      direction: 'DESC',
      window,
      toItem: toJob,
      total: isCounted ? await this.#countListed(projectId, status) : undefined,
    });
  }

  async complete(lease: Lease, completion: JobCompletion, options: ForgettingOptions = {}): Promise<boolean> {
    const { result, reading, contentHash, explanation } = completion;
    return this.context.database.transaction(async (transaction) => {
      // From here on the lease cannot be taken, nor the document deleted: that waits, and finds the answer then.
      const { held, content } = await transaction.getOne<{ held: number; content: number }>(STATEMENTS.lockHeld, {
        ...lease,
        contentHash,
      });
      if (held === 0) return false;
      // A document may have been deleted while it was worked on, too early for its deletion to find the answer.
      const isDeleted = content === 0;
      const { kept, parse } = reading;
      const statement = completionStatement({ keepsRead: kept !== undefined, leavesParse: parse !== undefined });
      await this.changeHeld(statement, lease, transaction, {
        ...(kept ? keptParameters(kept.key, kept.read) : {}),
        ...(parse ? parseParameters(parse.job, parse.outcome) : {}),
        ...result,
        ...reasoningOf(completion, isDeleted && options.purgeQuotes === true),
        contentHash,
        explanation: isDeleted ? undefined : JSON.stringify(explanation),
        now: this.context.clock.now(),
      });
      await this.context.queue.end(this.table.queue, [lease.id], transaction);
      return true;
    });
  }

  /** Forgets what jobs keep of contents: within the transaction that deletes them. */
  async forget(
    hashes: readonly string[],
    { purgeQuotes = false }: ForgettingOptions,
    transaction: PostgresTransaction,
  ): Promise<void> {
    await transaction.run(STATEMENTS.forgetExplanations, { hashes });
    if (purgeQuotes) await transaction.run(STATEMENTS.forgetQuotes, { hashes });
  }

  override async claim(options: LeaseOptions): Promise<Job | undefined> {
    const job = await super.claim(options);
    if (job) this.#pending.mayHaveRoom();
    return job;
  }

  async cancel(id: string, projectId?: string): Promise<JobCancellation> {
    this.#pending.mayHaveRoom();
    return this.context.database.transaction(async (transaction): Promise<JobCancellation> => {
      await this.context.queue.lockReady(this.table.queue, id, transaction);
      const parameters = { id, projectId, updatedAt: this.context.clock.now() };
      const cancelled = await read(transaction, STATEMENTS.cancel, parameters);
      if (cancelled === undefined) {
        const ended = await read(transaction, STATEMENTS.get, { id, projectId });
        return ended === undefined ? { outcome: 'unknown' } : { outcome: 'ended', job: ended };
      }
      await this.context.queue.withdraw(this.table.queue, id, transaction);
      await announceCancellation(transaction, id);
      return { outcome: 'cancelled', job: cancelled };
    });
  }

  async delete(id: string, projectId?: string): Promise<JobDeletion> {
    const deleted = await this.context.database.transaction(async (transaction) => {
      const job = await read(transaction, STATEMENTS.delete, { id, projectId });
      if (job) await announceDeletion(transaction, job);
      return job;
    });
    if (deleted !== undefined) return { outcome: 'deleted', job: deleted };
    const active = await this.get(id, projectId);
    return active === undefined ? { outcome: 'unknown' } : { outcome: 'active', job: active };
  }

  async explanation(id: string): Promise<unknown> {
    const row = await this.context.database.get<{ data: string }>(STATEMENTS.explanation, { id });
    return row && JSON.parse(row.data);
  }

  async counts(): Promise<JobCounts> {
    const { oldest } = await this.context.database.getOne<{ oldest: string | null }>(STATEMENTS.oldestPending);
    return { byStatus: await this.#count(ALL_PROJECTS), ...(oldest === null ? {} : { oldestPending: oldest }) };
  }

  async deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    return this.context.database.transaction(async (transaction) => {
      const count = await transaction.run(STATEMENTS.deleteEnded, { moment, limit });
      if (count > 0) await announceSweep(transaction);
      return count;
    });
  }

  async deleteExplanationsBefore(moment: Instant, limit: number): Promise<number> {
    return this.context.database.run(STATEMENTS.deleteExplanations, { moment, limit });
  }

  protected override async afterEnd(ids: readonly string[], transaction: PostgresTransaction): Promise<void> {
    await announceEnd(transaction, ids);
  }

  async #findExisting({ projectId, transactionId }: NewJob): Promise<Job | undefined> {
    return transactionId === null ? undefined : this.findByTransaction(projectId, transactionId);
  }

  /** @returns Undefined when a job with its transaction id is there */
  async #insert(
    { configuration, webhooks, ...job }: NewJob,
    { isAwaited = false, expectedEngine, isQuiet }: JobCreationOptions & { readonly isQuiet: boolean },
    transaction: PostgresTransaction,
  ): Promise<Job | undefined> {
    const waitsFor = job.inputType === 'parse_job_id' ? await this.#unendedParse(job.sourceId, transaction) : undefined;
    const created = await read(transaction, STATEMENTS.create, {
      ...job,
      id: `${this.table.queue.prefix}${randomUUID()}`,
      configuration: JSON.stringify(configuration),
      webhooks: webhooks === null || webhooks === undefined ? null : JSON.stringify(webhooks),
      waitsFor,
      isAwaited,
      expectedEngine,
      isQuiet,
      now: this.context.clock.now(),
    });
    if (created === undefined || waitsFor !== undefined) return created;
    await this.context.queue.offer(this.table.queue, created.id, { transaction, isAwaited });
    return created;
  }

  /** The parse job, unless it has ended; it cannot end before this transaction does, and finds the job then. */
  async #unendedParse(id: string, transaction: PostgresTransaction): Promise<string | undefined> {
    return (await transaction.get<{ id: string }>(STATEMENTS.lockUnendedParse, { id }))?.id;
  }

  async #count(projectId: string | null): Promise<Record<JobStatus, number>> {
    const counts: Record<JobStatus, number> = { PENDING: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };
    const rows = await this.context.database.all<{ status: JobStatus; jobs: number }>(STATEMENTS.counts, { projectId });
    for (const { status, jobs } of rows) counts[status] = jobs;
    return counts;
  }

  async #countListed(projectId: string, status: JobStatus | undefined): Promise<number> {
    const counts = await this.#count(projectId);
    return status === undefined ? Object.values(counts).reduce((sum, jobs) => sum + jobs, 0) : counts[status];
  }
}

async function read(
  queries: PostgresQueries,
  sql: string,
  parameters: Parameters<PostgresQueries['get']>[1],
): Promise<Job | undefined> {
  const row = await queries.get<JobRow>(sql, parameters);
  return row && toJob(row);
}

function reasoningOf({ result, reasoningWithoutQuotes }: JobCompletion, isPurged: boolean) {
  return isPurged
    ? { reasoning: reasoningWithoutQuotes, reasoningWithoutQuotes: null }
    : { reasoning: result.reasoning, reasoningWithoutQuotes };
}
