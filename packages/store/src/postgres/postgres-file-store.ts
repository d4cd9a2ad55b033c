import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type {
  DeletionOptions,
  FileDeletion,
  FileQuery,
  FileStore,
  ForgettingOptions,
  LocalContent,
  NewFile,
  OldFiles,
  ReceivedContent,
  ReceiveOptions,
  StoredFile,
} from '../ports/file-store.js';
import type { ListPart } from '../ports/listing.js';
import { FILE_COLUMNS, type FileRow, toFile } from '../rows/file-rows.js';
import { condition } from '../rows/list-conditions.js';
import type { ContentPlace } from './content-place.js';
import { listPart, ofProject, oneOf } from './list-part.js';
import { lockContents } from './lock-contents.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';
import type { PostgresJobStore } from './postgres-job-store.js';

/** Files of a folder that are looked up in one step. */
const SWEEP_BATCH = 1_000;

const STATEMENTS = {
  unknown: `SELECT hash FROM unnest(@hashes::text[]) AS given (hash)
    WHERE NOT EXISTS (SELECT 1 FROM contents WHERE contents.hash = given.hash)`,
  hasContent: 'SELECT 1 AS found FROM contents WHERE hash = @contentHash',
  keepContent: 'INSERT INTO contents (hash, size, blob_id) VALUES (@contentHash, @size::bigint, @blobId)',
  create: `INSERT INTO files (id, project_id, name, purpose, external_file_id, expires_at, content_hash, created_at)
    VALUES (@id, @projectId, @name, @purpose, @externalFileId, @expiresAt, @contentHash, @now)
    RETURNING ${FILE_COLUMNS}`,
  get: `SELECT ${FILE_COLUMNS} FROM files WHERE id = @id AND (@projectId::text IS NULL OR project_id = @projectId)`,
  old: `SELECT ${FILE_COLUMNS} FROM files WHERE id IN (
      (SELECT id FROM files WHERE created_at < @createdBefore ORDER BY created_at LIMIT @limit::integer)
      UNION
      (SELECT id FROM files WHERE expires_at < @now ORDER BY expires_at LIMIT @limit::integer)
      LIMIT @limit::integer
    )`,
  // What keeps something of these contents comes to its end first, and whatever comes later finds them gone.
  lockRows: 'SELECT hash FROM contents WHERE hash = ANY(@hashes::text[]) ORDER BY hash FOR UPDATE',
  delete: 'DELETE FROM files WHERE id = ANY(@ids::text[]) RETURNING id',
  forgetNames: `UPDATE parse_jobs SET name = '' WHERE file_id = ANY(@ids::text[]) AND name <> ''`,
  unused: `SELECT hash, blob_id FROM contents
    WHERE hash = ANY(@hashes::text[]) AND NOT EXISTS (SELECT 1 FROM files WHERE content_hash = contents.hash)`,
  forgetContents: `UPDATE parse_jobs SET name = '', content_hash = NULL WHERE content_hash = ANY(@hashes::text[])`,
  deleteContents: 'DELETE FROM contents WHERE hash = ANY(@hashes::text[])',
  deleteBlobs: 'DELETE FROM blobs WHERE id = ANY(@ids::uuid[])',
};

/** Where what belongs to contents lies. */
export interface ContentPlaces {
  /** Their bytes. */
  readonly contents: ContentPlace;
  /** What answers say about them. */
  readonly jobs: Pick<PostgresJobStore, 'forget'>;
}

/** Files in PostgreSQL; their bytes in a {@link ContentPlace}. */
export class PostgresFileStore implements FileStore {
  readonly #context: PostgresContext;
  readonly #contents: ContentPlace;
  readonly #jobs: ContentPlaces['jobs'];

  constructor(context: PostgresContext, { contents, jobs }: ContentPlaces) {
    this.#context = context;
    this.#contents = contents;
    this.#jobs = jobs;
  }

  receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedContent> {
    return this.#contents.receive(bytes, options);
  }

  async create(file: NewFile, content: ReceivedContent): Promise<StoredFile> {
    const { contentHash, size } = content;
    return this.#context.database.transaction(async (transaction) => {
      await lockContents(transaction, [contentHash]);
      const isThere = (await transaction.get(STATEMENTS.hasContent, { contentHash })) !== undefined;
      if (!isThere) {
        const blobId = await this.#contents.adopt(content, transaction);
        await transaction.run(STATEMENTS.keepContent, { contentHash, size, blobId });
      }
      const { projectId, name, purpose, externalFileId, expiresAt } = file;
      const values = { projectId, name, purpose, externalFileId, expiresAt, contentHash };
      const made = { ...values, id: `dfl-${randomUUID()}`, now: this.#context.clock.now() };
      return toFile(await transaction.getOne<FileRow>(STATEMENTS.create, made));
    });
  }

  async get(id: string, projectId?: string): Promise<StoredFile | undefined> {
    const row = await this.#context.database.get<FileRow>(STATEMENTS.get, { id, projectId });
    return row && toFile(row);
  }

  list({ projectId, order, name, ids, externalFileId, ...window }: FileQuery): Promise<ListPart<StoredFile>> {
    return listPart<FileRow, StoredFile>(this.#context.database, {
      table: 'files',
      columns: FILE_COLUMNS,
      conditions: [
        ofProject(projectId),
        condition('name = @name', 'name', name),
        oneOf('id', 'ids', ids),
        condition('external_file_id = @externalFileId', 'externalFileId', externalFileId),
      ],
      order: order.by === 'id' ? ['id'] : [order.by, 'id'],
      direction: order.direction === 'ascending' ? 'ASC' : 'DESC',
      window,
      toItem: toFile,
    });
  }

  async delete(id: string, { projectId, ...forgetting }: DeletionOptions = {}): Promise<FileDeletion | undefined> {
    const file = await this.get(id, projectId);
    if (file === undefined) return undefined;
    const [deletion] = await this.#deleteAll([file], forgetting);
    return deletion;
  }

  locate(contentHash: string): Promise<LocalContent | undefined> {
    return this.#contents.locate(contentHash);
  }

  read(contentHash: string): Promise<Readable> {
    return this.#contents.read(contentHash);
  }

  async deleteOld({ createdBefore, now, ...forgetting }: OldFiles, limit: number): Promise<FileDeletion[]> {
    const rows = await this.#context.database.all<FileRow>(STATEMENTS.old, { createdBefore, now, limit });
    return this.#deleteAll(rows.map(toFile), forgetting);
  }

  /** Removes bytes that a crash left without a content, and uploads that never came to their end. */
  async sweep(signal: AbortSignal): Promise<void> {
    await this.#contents.removeAbandoned();
    let hashes: string[] = [];
    for await (const contentHash of this.#contents.suspects()) {
      if (signal.aborted) return;
      if (hashes.push(contentHash) < SWEEP_BATCH) continue;
      await this.#removeUnknown(hashes);
      hashes = [];
    }
    await this.#removeUnknown(hashes);
  }

  /** Few are, and only these are worth a transaction each. */
  async #removeUnknown(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    const unknown = await this.#context.database.all<{ hash: string }>(STATEMENTS.unknown, { hashes });
    for (const { hash } of unknown) await this.#removeBytes(hash);
  }

  async #deleteAll(files: readonly StoredFile[], forgetting: ForgettingOptions): Promise<FileDeletion[]> {
    if (files.length === 0) return [];
    const { deleted, gone } = await this.#context.database.transaction((transaction) =>
      this.#deleteRows(files, forgetting, transaction),
    );
    for (const contentHash of gone) await this.#removeBytes(contentHash);
    const lastOf = new Map(deleted.map((file) => [file.contentHash, file]));
    return deleted.map((file) => {
      return { file, isContentDeleted: gone.has(file.contentHash) && lastOf.get(file.contentHash) === file };
    });
  }

  async #deleteRows(files: readonly StoredFile[], forgetting: ForgettingOptions, transaction: PostgresTransaction) {
    const hashes = [...new Set(files.map(({ contentHash }) => contentHash))];
    await lockContents(transaction, hashes);
    await transaction.run(STATEMENTS.lockRows, { hashes });
    const rows = await transaction.all<{ id: string }>(STATEMENTS.delete, { ids: files.map(({ id }) => id) });
    const ids = rows.map(({ id }) => id);
    await transaction.run(STATEMENTS.forgetNames, { ids });
    const unused = await transaction.all<{ hash: string; blob_id: string | null }>(STATEMENTS.unused, { hashes });
    const gone = unused.map(({ hash }) => hash);
    if (gone.length > 0) {
      await transaction.run(STATEMENTS.forgetContents, { hashes: gone });
      await transaction.run(STATEMENTS.deleteContents, { hashes: gone });
      await transaction.run(STATEMENTS.deleteBlobs, { ids: unused.flatMap(({ blob_id: id }) => id ?? []) });
      await this.#jobs.forget(gone, forgetting, transaction);
    }
    const isDeleted = new Set(ids);
    return { deleted: files.filter(({ id }) => isDeleted.has(id)), gone: new Set(gone) };
  }

  /** Removes the bytes of a content, unless somebody has made it again. */
  async #removeBytes(contentHash: string): Promise<void> {
    await this.#context.database.transaction(async (transaction) => {
      await lockContents(transaction, [contentHash]);
      const isThere = (await transaction.get(STATEMENTS.hasContent, { contentHash })) !== undefined;
      if (!isThere) await this.#contents.remove(contentHash);
    });
  }
}
