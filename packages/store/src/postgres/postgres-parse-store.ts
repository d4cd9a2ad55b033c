import { randomUUID } from 'node:crypto';
import type { Instant } from '../ports/instant.js';
import type { Lease } from '../ports/leases.js';
import type { NewParseJob, ParseJob, ParseOutcome, ParseStore } from '../ports/parse-store.js';
import { PARSE_COLUMNS, type ParseRow, toParseJob } from '../rows/parse-rows.js';
import { ENDED, HELD, LEASE_ENDED, type LeasedTable } from './lease-statements.js';
import { announceWork } from './notifications.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';
import { PostgresLeasedWork } from './postgres-leased-work.js';
import type { PostgresQueries } from './queries.js';
import { JOB_QUEUE, PARSE_QUEUE } from './work-queues.js';

/** Parse jobs, as work that is done under leases. */
export const PARSE_JOBS_TABLE: LeasedTable = {
  table: 'parse_jobs',
  queue: PARSE_QUEUE,
  columns: PARSE_COLUMNS,
  ready: 'TRUE',
};

const STATEMENTS = {
  // The content may be gone by now: then the parse job is as if it had been there when that was deleted.
  create: `WITH content AS (SELECT hash FROM contents WHERE hash = @contentHash FOR KEY SHARE)
    INSERT INTO parse_jobs (${PARSE_COLUMNS})
    SELECT @id, @projectId, @status, @fileId, CASE WHEN hash IS NULL THEN '' ELSE @name::text END, hash, @tier, @parsing,
      @now, @now, @readerIdentity, @pages, @pageCount::integer, NULL
    FROM (SELECT (SELECT hash FROM content) AS hash) AS found
    RETURNING ${PARSE_COLUMNS}`,
  get: `SELECT ${PARSE_COLUMNS} FROM parse_jobs
    WHERE id = @id AND (@projectId::text IS NULL OR project_id = @projectId)`,
  complete: `UPDATE parse_jobs SET status = 'COMPLETED', reader_identity = @readerIdentity, pages = @pages,
      page_count = @pageCount::integer, ${LEASE_ENDED}
    WHERE ${HELD}
    RETURNING id`,
  stopWaiting: `UPDATE jobs SET waits_for = NULL WHERE waits_for = ANY(@ids::text[]) AND status = 'PENDING'
    RETURNING id, is_awaited`,
  deleteEnded: `DELETE FROM parse_jobs WHERE id IN (
      SELECT id FROM parse_jobs WHERE updated_at < @moment AND ${ENDED}
      ORDER BY updated_at LIMIT @limit::integer FOR UPDATE SKIP LOCKED
    )`,
  // What was kept lately may belong to a classification that has not left its parse job behind yet.
  unreferencedContents: `SELECT content_hash FROM document_heads AS head
    WHERE kept_at < @moment
      AND NOT EXISTS (SELECT 1 FROM parse_jobs WHERE parse_jobs.content_hash = head.content_hash)
      AND NOT EXISTS (
        SELECT 1 FROM document_heads AS later
        WHERE later.content_hash = head.content_hash AND later.kept_at >= @moment
      )
    ORDER BY kept_at LIMIT @limit::integer`,
  deletePages: 'DELETE FROM page_records WHERE content_hash = ANY(@hashes::text[])',
  deleteHeads: 'DELETE FROM document_heads WHERE content_hash = ANY(@hashes::text[])',
};

/** Parse jobs in PostgreSQL. */
export class PostgresParseStore extends PostgresLeasedWork<ParseRow, ParseJob> implements ParseStore {
  constructor(context: PostgresContext) {
    super(context, PARSE_JOBS_TABLE);
  }

  protected override toWork(row: ParseRow): ParseJob {
    return toParseJob(row);
  }

  async create(parse: NewParseJob): Promise<ParseJob> {
    return this.context.database.transaction(async (transaction) => {
      const created = await this.#insert(parse, transaction);
      await this.context.queue.offer(this.table.queue, created.id, { transaction });
      await announceWork(transaction);
      return created;
    });
  }

  /** Keeps a reading that is done already, as part of a transaction. @returns The id of the parse job */
  async insertCompleted(parse: NewParseJob, outcome: ParseOutcome, transaction: PostgresTransaction): Promise<string> {
    return (await this.#insert(parse, transaction, outcome)).id;
  }

  async get(id: string, projectId?: string): Promise<ParseJob | undefined> {
    const row = await this.context.database.get<ParseRow>(STATEMENTS.get, { id, projectId });
    return row && toParseJob(row);
  }

  async complete(lease: Lease, { readerIdentity, pages, pageCount }: ParseOutcome): Promise<boolean> {
    const parameters = { readerIdentity, pages: JSON.stringify(pages), pageCount };
    return this.context.database.transaction(async (transaction) => {
      const isHeld = await this.changeHeld(STATEMENTS.complete, lease, transaction, parameters);
      if (isHeld) await this.end([lease.id], transaction);
      return isHeld;
    });
  }

  async deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    return this.context.database.transaction(async (transaction) => {
      const deleted = await transaction.run(STATEMENTS.deleteEnded, { moment, limit });
      const rows = await transaction.all<{ content_hash: string }>(STATEMENTS.unreferencedContents, { moment, limit });
      const hashes = rows.map(({ content_hash }) => content_hash);
      await transaction.run(STATEMENTS.deletePages, { hashes });
      await transaction.run(STATEMENTS.deleteHeads, { hashes });
      return deleted;
    });
  }

  /** Jobs that waited for a parse job are ready. */
  protected override async afterEnd(ids: readonly string[], transaction: PostgresTransaction): Promise<void> {
    const ready = await transaction.all<{ id: string; is_awaited: boolean }>(STATEMENTS.stopWaiting, { ids });
    for (const { id, is_awaited: isAwaited } of ready) {
      await this.context.queue.offer(JOB_QUEUE, id, { transaction, isAwaited });
    }
    if (ready.length > 0) await announceWork(transaction);
  }

  async #insert(
    { parsing, ...parse }: NewParseJob,
    queries: PostgresQueries,
    outcome?: ParseOutcome,
  ): Promise<ParseJob> {
    const parameters = {
      ...parse,
      id: `${PARSE_QUEUE.prefix}${randomUUID()}`,
      status: outcome === undefined ? 'PENDING' : 'COMPLETED',
      parsing: parsing === null ? null : JSON.stringify(parsing),
      readerIdentity: outcome?.readerIdentity,
      pages: outcome === undefined ? null : JSON.stringify(outcome.pages),
      pageCount: outcome?.pageCount,
      now: this.context.clock.now(),
    };
    return toParseJob(await queries.getOne<ParseRow>(STATEMENTS.create, parameters));
  }
}
