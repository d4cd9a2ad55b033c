import { randomUUID } from 'node:crypto';
import type { ForgettingOptions } from '../ports/file-store.js';
import type { Instant } from '../ports/instant.js';
import type {
  Job,
  JobCancellation,
  JobCompletion,
  JobCounts,
  JobCreation,
  JobDeletion,
  JobQuery,
  JobStatus,
  JobStore,
  NewJob,
} from '../ports/job-store.js';
import type { Lease } from '../ports/leases.js';
import type { ListPart } from '../ports/listing.js';
import { type JobRow, toJob } from '../rows/job-rows.js';
import { condition } from '../rows/list-conditions.js';
import { JOB_COLUMNS, keepJobConfiguration } from './job-configurations.js';
import { ENDED, HELD, LEASE_ENDED, type LeasedTable } from './lease-statements.js';
import { listPart, ofProject, oneOf } from './list-part.js';
import type { SqliteContext } from './sqlite-context.js';
import { SqliteLeasedWork } from './sqlite-leased-work.js';
import type { SqlitePageCache } from './sqlite-page-cache.js';
import type { SqliteParseStore } from './sqlite-parse-store.js';

/** Jobs, as work that is done under leases. */
export const JOBS_TABLE: LeasedTable = { table: 'jobs', columns: JOB_COLUMNS, ready: 'waits_for IS NULL' };

/** The project under which `job_counts` has the jobs of all projects. */
const ALL_PROJECTS = '';

const IDENTIFIED = 'id = @id AND (@projectId IS NULL OR project_id = @projectId)';

const STATEMENTS = {
  create: `INSERT INTO jobs (id, project_id, status, input_type, input, source_id, configuration_id, transaction_id,
      parse_job_id, waits_for, created_at, updated_at, webhooks, configuration_key)
    VALUES (@id, @projectId, 'PENDING', @inputType, @input, @sourceId, @configurationId, @transactionId, @parseJobId,
      (SELECT id FROM parse_jobs WHERE @inputType = 'parse_job_id' AND id = @sourceId AND NOT (${ENDED})),
      @now, @now, @webhooks, @configurationKey)
    RETURNING ${JOB_COLUMNS}`,
  findByTransaction: `SELECT ${JOB_COLUMNS} FROM jobs WHERE project_id = @projectId AND transaction_id = @transactionId`,
  get: `SELECT ${JOB_COLUMNS} FROM jobs WHERE ${IDENTIFIED}`,
  complete: `UPDATE jobs SET status = 'COMPLETED', result_type = @type, result_confidence = @confidence,
      result_reasoning = @reasoning, reasoning_without_quotes = @reasoningWithoutQuotes, content_hash = @contentHash,
      parse_job_id = COALESCE(@parseJobId, parse_job_id), ${LEASE_ENDED}
    WHERE ${HELD}`,
  hasContent: 'SELECT 1 FROM contents WHERE hash = @contentHash',
  keepExplanation:
    'INSERT INTO explanations (job_id, made_at, data) SELECT id, updated_at, @data FROM jobs WHERE id = @id',
  cancel: `UPDATE jobs SET status = 'CANCELLED', ${LEASE_ENDED}
    WHERE ${IDENTIFIED} AND status IN ('PENDING', 'RUNNING')
    RETURNING ${JOB_COLUMNS}`,
  delete: `DELETE FROM jobs WHERE ${IDENTIFIED} AND ${ENDED} RETURNING ${JOB_COLUMNS}`,
  explanation: 'SELECT data FROM explanations WHERE job_id = @id',
  counts: 'SELECT status, jobs FROM job_counts WHERE project_id = @projectId',
  // Two looks at the ends of the index of those that may be claimed and those that wait for a parse job.
  oldestPending: `SELECT MIN(created_at) AS oldest FROM (
      SELECT MIN(created_at) AS created_at FROM jobs WHERE status = 'PENDING' AND waits_for IS NULL
      UNION ALL
      SELECT MIN(created_at) FROM jobs WHERE status = 'PENDING' AND waits_for IS NOT NULL
    )`,
  forgetExplanations: `DELETE FROM explanations WHERE job_id IN (SELECT id FROM jobs WHERE content_hash = @contentHash)`,
  forgetQuotes: `UPDATE jobs SET result_reasoning = reasoning_without_quotes, reasoning_without_quotes = NULL
    WHERE content_hash = @contentHash AND status = 'COMPLETED' AND reasoning_without_quotes IS NOT NULL`,
  deleteEnded: `DELETE FROM jobs WHERE rowid IN (
      SELECT rowid FROM jobs WHERE updated_at < @moment AND ${ENDED} ORDER BY updated_at LIMIT @limit
    )`,
  deleteExplanations: `DELETE FROM explanations WHERE rowid IN (
      SELECT rowid FROM explanations WHERE made_at < @moment ORDER BY made_at LIMIT @limit
    )`,
};

/** Jobs in SQLite. */
export class SqliteJobStore extends SqliteLeasedWork<JobRow, Job> implements JobStore {
  readonly #pages: SqlitePageCache;
  readonly #parses: SqliteParseStore;

  /** @param readings Where what was read for an answer is kept */
  constructor(
    context: SqliteContext,
    readings: { readonly pages: SqlitePageCache; readonly parses: SqliteParseStore },
  ) {
    super(context, JOBS_TABLE);
    this.#pages = readings.pages;
    this.#parses = readings.parses;
  }

  protected override toWork(row: JobRow): Job {
    return toJob(row);
  }

  async create(job: NewJob, { maxPending }: { readonly maxPending: number }): Promise<JobCreation> {
    return this.database.writeDurably(() => {
      const existing = job.transactionId === null ? undefined : this.#find(job.projectId, job.transactionId);
      if (existing !== undefined) return { outcome: 'existing', job: existing };
      const pending = this.#count(ALL_PROJECTS).PENDING;
      if (pending >= maxPending) return { outcome: 'full', pending };
      return { outcome: 'created', job: this.#insert(job) };
    });
  }

  async findByTransaction(projectId: string, transactionId: string): Promise<Job | undefined> {
    return this.#find(projectId, transactionId);
  }

  async get(id: string, projectId?: string): Promise<Job | undefined> {
    return this.#read(STATEMENTS.get, id, projectId);
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
    return listPart<JobRow, Job>(this.database, {
      table: 'jobs',
      columns: JOB_COLUMNS,
      conditions: [
        ofProject(projectId, ids !== undefined),
        condition('status = @status', 'status', status),
        ...narrowing,
      ],
      order: ['created_at', 'id'],
      direction: 'DESC',
      window,
      toItem: toJob,
      total: isCounted ? this.#countListed(projectId, status) : undefined,
    });
  }

  async complete(
    lease: Lease,
    completion: JobCompletion,
    { purgeQuotes = false }: ForgettingOptions = {},
  ): Promise<boolean> {
    const { result, reading, contentHash, explanation } = completion;
    const { kept, parse } = reading;
    const data = JSON.stringify(explanation);
    return this.database.writeSoon(() => {
      if (!this.isHeld(lease)) return false;
      // A document may be deleted while it is worked on, too early for its deletion to find the answer.
      const isDeleted = this.database.get(STATEMENTS.hasContent, { contentHash }) === undefined;
      const reasoning = isDeleted && purgeQuotes ? withoutQuotes(completion) : withQuotes(completion);
      if (kept) this.#pages.insert(kept.key, kept.read);
      const parseJobId = parse ? this.#parses.insertCompleted(parse.job, parse.outcome) : null;
      this.changeHeld(STATEMENTS.complete, lease, { ...result, ...reasoning, parseJobId, contentHash });
      if (data !== undefined && !isDeleted) this.database.run(STATEMENTS.keepExplanation, { id: lease.id, data });
      return true;
    });
  }

  /** Forgets what jobs keep of a content: within the write that deletes it. */
  forget(contentHash: string, { purgeQuotes = false }: ForgettingOptions): void {
    this.database.run(STATEMENTS.forgetExplanations, { contentHash });
    if (purgeQuotes) this.database.run(STATEMENTS.forgetQuotes, { contentHash });
  }

  async cancel(id: string, projectId?: string): Promise<JobCancellation> {
    return this.database.writeDurably(() => {
      const cancelled = this.#read(STATEMENTS.cancel, id, projectId, this.clock.now());
      if (cancelled !== undefined) return { outcome: 'cancelled', job: cancelled };
      const ended = this.#read(STATEMENTS.get, id, projectId);
      return ended === undefined ? { outcome: 'unknown' } : { outcome: 'ended', job: ended };
    });
  }

  async delete(id: string, projectId?: string): Promise<JobDeletion> {
    return this.database.writeDurably(() => {
      const deleted = this.#read(STATEMENTS.delete, id, projectId);
      if (deleted !== undefined) return { outcome: 'deleted', job: deleted };
      const active = this.#read(STATEMENTS.get, id, projectId);
      return active === undefined ? { outcome: 'unknown' } : { outcome: 'active', job: active };
    });
  }

  async explanation(id: string): Promise<unknown> {
    const row = this.database.get<{ data: string }>(STATEMENTS.explanation, { id });
    return row && JSON.parse(row.data);
  }

  async counts(): Promise<JobCounts> {
    const { oldest } = this.database.getOne<{ oldest: string | null }>(STATEMENTS.oldestPending);
    return { byStatus: this.#count(ALL_PROJECTS), ...(oldest === null ? {} : { oldestPending: oldest }) };
  }

  async deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    return this.database.write(() => this.database.run(STATEMENTS.deleteEnded, { moment, limit }));
  }

  async deleteExplanationsBefore(moment: Instant, limit: number): Promise<number> {
    return this.database.write(() => this.database.run(STATEMENTS.deleteExplanations, { moment, limit }));
  }

  #insert({ configuration, webhooks, ...job }: NewJob): Job {
    const row = this.database.getOne<JobRow>(STATEMENTS.create, {
      ...job,
      id: `clj-${randomUUID()}`,
      configurationKey: keepJobConfiguration(this.database, configuration),
      webhooks: webhooks === null || webhooks === undefined ? null : JSON.stringify(webhooks),
      now: this.clock.now(),
    });
    return toJob(row);
  }

  #find(projectId: string, transactionId: string): Job | undefined {
    const row = this.database.get<JobRow>(STATEMENTS.findByTransaction, { projectId, transactionId });
    return row && toJob(row);
  }

  #read(sql: string, id: string, projectId: string | undefined, updatedAt: Instant | null = null): Job | undefined {
    const row = this.database.get<JobRow>(sql, { id, projectId: projectId ?? null, updatedAt });
    return row && toJob(row);
  }

  #count(projectId: string): Record<JobStatus, number> {
    const counts: Record<JobStatus, number> = { PENDING: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };
    const rows = this.database.all<{ status: JobStatus; jobs: number }>(STATEMENTS.counts, { projectId });
    for (const { status, jobs } of rows) counts[status] = jobs;
    return counts;
  }

  #countListed(projectId: string, status: JobStatus | undefined): number {
    const counts = this.#count(projectId);
    return status === undefined ? Object.values(counts).reduce((sum, jobs) => sum + jobs, 0) : counts[status];
  }
}

type KeptReasoning = { readonly reasoning: string; readonly reasoningWithoutQuotes: string | null };

function withQuotes({ result, reasoningWithoutQuotes }: JobCompletion): KeptReasoning {
  return { reasoning: result.reasoning, reasoningWithoutQuotes };
}

function withoutQuotes({ reasoningWithoutQuotes }: JobCompletion): KeptReasoning {
  return { reasoning: reasoningWithoutQuotes, reasoningWithoutQuotes: null };
}
