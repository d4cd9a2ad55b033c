import { randomUUID } from 'node:crypto';
import type { Instant } from '../ports/instant.js';
import type { Lease } from '../ports/leases.js';
import type { NewParseJob, ParseJob, ParseOutcome, ParseStore } from '../ports/parse-store.js';
import { PARSE_COLUMNS, type ParseRow, toParseJob } from '../rows/parse-rows.js';
import { ENDED, HELD, LEASE_ENDED, type LeasedTable } from './lease-statements.js';
import type { SqliteContext } from './sqlite-context.js';
import { SqliteLeasedWork } from './sqlite-leased-work.js';

/** Parse jobs, as work that is done under leases. */
export const PARSE_JOBS_TABLE: LeasedTable = { table: 'parse_jobs', columns: PARSE_COLUMNS, ready: 'TRUE' };

const STATEMENTS = {
  // The content may be gone by now: then the parse job is as if it had been there when that was deleted.
  create: `INSERT INTO parse_jobs (${PARSE_COLUMNS})
    SELECT @id, @projectId, @status, @fileId, IIF(hash IS NULL, '', @name), hash, @tier, @parsing, @now, @now,
      @readerIdentity, @pages, @pageCount, NULL
    FROM (SELECT (SELECT hash FROM contents WHERE hash = @contentHash) AS hash)
    RETURNING ${PARSE_COLUMNS}`,
  get: `SELECT ${PARSE_COLUMNS} FROM parse_jobs
    WHERE id = @id AND (@projectId IS NULL OR project_id = @projectId)`,
  complete: `UPDATE parse_jobs SET status = 'COMPLETED', reader_identity = @readerIdentity, pages = @pages,
      page_count = @pageCount, ${LEASE_ENDED}
    WHERE ${HELD}`,
  deleteEnded: `DELETE FROM parse_jobs WHERE rowid IN (
      SELECT rowid FROM parse_jobs WHERE updated_at < @moment AND ${ENDED} ORDER BY updated_at LIMIT @limit
    )`,
  // What was kept lately may belong to a classification that has not left its parse job behind yet.
  unreferencedContents: `SELECT content_hash AS contentHash FROM document_heads AS head
    WHERE kept_at < @moment
      AND NOT EXISTS (SELECT 1 FROM parse_jobs WHERE parse_jobs.content_hash = head.content_hash)
      AND NOT EXISTS (
        SELECT 1 FROM document_heads AS later
        WHERE later.content_hash = head.content_hash AND later.kept_at >= @moment
      )
    ORDER BY kept_at LIMIT @limit`,
  deletePages: 'DELETE FROM page_records WHERE content_hash = @contentHash',
  deleteHeads: 'DELETE FROM document_heads WHERE content_hash = @contentHash',
};

/** Parse jobs in SQLite. */
export class SqliteParseStore extends SqliteLeasedWork<ParseRow, ParseJob> implements ParseStore {
  constructor(context: SqliteContext) {
    super(context, PARSE_JOBS_TABLE);
  }

  protected override toWork(row: ParseRow): ParseJob {
    return toParseJob(row);
  }

  async create(parse: NewParseJob): Promise<ParseJob> {
    return this.database.writeDurably(() => this.#insert(parse));
  }

  /** Keeps a reading that is done already, as part of a transaction. @returns The id of the parse job */
  insertCompleted(parse: NewParseJob, outcome: ParseOutcome): string {
    return this.#insert(parse, outcome).id;
  }

  async get(id: string, projectId?: string): Promise<ParseJob | undefined> {
    const row = this.database.get<ParseRow>(STATEMENTS.get, { id, projectId: projectId ?? null });
    return row && toParseJob(row);
  }

  async complete(lease: Lease, { readerIdentity, pages, pageCount }: ParseOutcome): Promise<boolean> {
    return this.changeHeld(STATEMENTS.complete, lease, { readerIdentity, pages: JSON.stringify(pages), pageCount });
  }

  async deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    return this.database.write(() => {
      const deleted = this.database.run(STATEMENTS.deleteEnded, { moment, limit });
      const contents = this.database.all<{ contentHash: string }>(STATEMENTS.unreferencedContents, { moment, limit });
      for (const content of contents) {
        this.database.run(STATEMENTS.deletePages, content);
        this.database.run(STATEMENTS.deleteHeads, content);
      }
      return deleted;
    });
  }

  #insert({ parsing, ...parse }: NewParseJob, outcome?: ParseOutcome): ParseJob {
    const parameters = {
      ...parse,
      id: `pjb-${randomUUID()}`,
      status: outcome === undefined ? 'PENDING' : 'COMPLETED',
      parsing: parsing === null ? null : JSON.stringify(parsing),
      readerIdentity: outcome?.readerIdentity ?? null,
      pages: outcome === undefined ? null : JSON.stringify(outcome.pages),
      pageCount: outcome?.pageCount ?? null,
      now: this.clock.now(),
    };
    return toParseJob(this.database.getOne<ParseRow>(STATEMENTS.create, parameters));
  }
}
