import type { JobStatus } from '../ports/job-store.js';
import type { ParseJob, ParseOutcome } from '../ports/parse-store.js';

/** A parse job as a database holds it: what {@link PARSE_COLUMNS} reads. */
export interface ParseRow {
  readonly id: string;
  readonly project_id: string;
  readonly status: JobStatus;
  readonly file_id: string;
  readonly name: string;
  readonly content_hash: string | null;
  readonly tier: string | null;
  readonly parsing: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly reader_identity: string | null;
  readonly pages: string | null;
  readonly page_count: number | null;
  readonly error_message: string | null;
}

/** The columns of {@link ParseRow}. */
export const PARSE_COLUMNS = `id, project_id, status, file_id, name, content_hash, tier, parsing, created_at, updated_at,
  reader_identity, pages, page_count, error_message`;

/** The parse job of a row. */
export function toParseJob(row: ParseRow): ParseJob {
  return {
    id: row.id,
    projectId: row.project_id,
    status: row.status,
    fileId: row.file_id,
    name: row.name,
    contentHash: row.content_hash,
    tier: row.tier,
    parsing: row.parsing === null ? null : JSON.parse(row.parsing),
    outcome: toOutcome(row),
    errorMessage: row.error_message,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toOutcome({ reader_identity, pages, page_count }: ParseRow): ParseOutcome | null {
  if (reader_identity === null || pages === null || page_count === null) return null;
  return { readerIdentity: reader_identity, pages: JSON.parse(pages), pageCount: page_count };
}
