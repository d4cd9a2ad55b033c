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
import { JOB_QUEUE, PARSE_QUEUE } from './work-queues.js';

/** Parse jobs, as work that is done under leases. */
export const PARSE_JOBS_TABLE: LeasedTable = {
  table: 'parse_jobs',
  queue: PARSE_QUEUE,
  columns: PARSE_COLUMNS,
  ready: 'TRUE',
};

/**
 * Parts of a statement (`WITH ...`) that make a parse job, which is `parse` then. The content may be gone by now: then it is as if
 * it had been there when that was deleted. Parameters: {@link parseParameters}, `now`.
 */
export const CREATE_PARSE_PARTS = `parse_content AS (SELECT hash FROM contents WHERE hash = @parseHash FOR KEY SHARE),
  parse AS (
    INSERT INTO parse_jobs (${PARSE_COLUMNS})
    SELECT @parseId, @parseProject, @parseStatus, @parseFile, CASE WHEN hash IS NULL THEN '' ELSE @parseName::text END, hash,
      @parseTier, @parseParsing, @now, @now, @parseReader, @parsePages, @parsePageCount::integer, NULL
    FROM (SELECT (SELECT hash FROM parse_content) AS hash) AS found
    RETURNING ${PARSE_COLUMNS}
  )`;

/** The parameters of {@link CREATE_PARSE_PARTS}, but `now`. @param outcome Of a reading that is done already */
export function parseParameters({ parsing, ...parse }: NewParseJob, outcome?: ParseOutcome) {
  return {
    parseId: `${PARSE_QUEUE.prefix}${randomUUID()}`,
    parseProject: parse.projectId,
    parseStatus: outcome === undefined ? 'PENDING' : 'COMPLETED',
    parseFile: parse.fileId,
    parseName: parse.name,
    parseHash: parse.contentHash,
    parseTier: parse.tier,
    parseParsing: parsing === null ? null : JSON.stringify(parsing),
    parseReader: outcome?.readerIdentity,
    parsePages: outcome === undefined ? null : JSON.stringify(outcome.pages),
    parsePageCount: outcome?.pageCount,
  };
}

const STATEMENTS = {
  create: `WITH ${CREATE_PARSE_PARTS} SELECT ${PARSE_COLUMNS} FROM parse`,
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
      const parameters = { ...parseParameters(parse), now: this.context.clock.now() };
      const created = toParseJob(await transaction.getOne<ParseRow>(STATEMENTS.create, parameters));
      await this.context.queue.offer(this.table.queue, created.id, { transaction });
      await announceWork(transaction, this.table.queue);
      return created;
    });
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
    if (ready.length > 0) await announceWork(transaction, JOB_QUEUE);
  }
}
