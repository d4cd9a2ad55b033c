import type { StoredFile } from '../ports/file-store.js';

/** A file as a database holds it: what {@link FILE_COLUMNS} reads. */
export interface FileRow {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly purpose: string | null;
  readonly external_file_id: string | null;
  readonly expires_at: string | null;
  readonly content_hash: string;
  readonly created_at: string;
  readonly size: number;
}

/** The columns of {@link FileRow}. */
export const FILE_COLUMNS = `id, project_id, name, purpose, external_file_id, expires_at, content_hash, created_at,
  (SELECT size FROM contents WHERE hash = content_hash) AS size`;

/** The file of a row. */
export function toFile(row: FileRow): StoredFile {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    purpose: row.purpose,
    externalFileId: row.external_file_id,
    expiresAt: row.expires_at,
    contentHash: row.content_hash,
    size: row.size,
    createdAt: row.created_at,
  };
}
