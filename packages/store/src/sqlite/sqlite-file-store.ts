import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { contentGone } from '../file-errors.js';
import type { ContentFolder } from '../files/content-folder.js';
import { KeyedLock } from '../files/keyed-lock.js';
import { ReceivedFile } from '../files/receive-file.js';
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
import type { Clock } from '../ports/instant.js';
import type { ListPart } from '../ports/listing.js';
import { FILE_COLUMNS, type FileRow, toFile } from '../rows/file-rows.js';
import { condition } from '../rows/list-conditions.js';
import type { SqliteDatabase } from './database.js';
import { listPart, ofProject, oneOf } from './list-part.js';
import type { SqliteContext } from './sqlite-context.js';
import type { SqliteJobStore } from './sqlite-job-store.js';

const STATEMENTS = {
  keepContent: 'INSERT INTO contents (hash, size) VALUES (@contentHash, @size) ON CONFLICT DO NOTHING',
  hasContent: 'SELECT 1 FROM contents WHERE hash = @contentHash',
  create: `INSERT INTO files (id, project_id, name, purpose, external_file_id, expires_at, content_hash, created_at)
    VALUES (@id, @projectId, @name, @purpose, @externalFileId, @expiresAt, @contentHash, @now)
    RETURNING ${FILE_COLUMNS}`,
  get: `SELECT ${FILE_COLUMNS} FROM files WHERE id = @id AND (@projectId IS NULL OR project_id = @projectId)`,
  old: `SELECT ${FILE_COLUMNS} FROM files WHERE rowid IN (
      SELECT rowid FROM (
        SELECT rowid FROM files WHERE created_at < @createdBefore ORDER BY created_at LIMIT @limit
      )
      UNION
      SELECT rowid FROM (SELECT rowid FROM files WHERE expires_at < @now ORDER BY expires_at LIMIT @limit)
      LIMIT @limit
    )`,
  delete: 'DELETE FROM files WHERE id = @id',
  deleteUnusedContent: `DELETE FROM contents
    WHERE hash = @contentHash AND NOT EXISTS (SELECT 1 FROM files WHERE content_hash = @contentHash)`,
};

/** What of contents lies elsewhere. */
export interface ContentPlaces {
  /** Their bytes. */
  readonly contents: ContentFolder;
  /** What answers say about them. */
  readonly jobs: Pick<SqliteJobStore, 'forget'>;
}

/** Files: metadata in SQLite, bytes in a {@link ContentFolder}. */
export class SqliteFileStore implements FileStore {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #contents: ContentFolder;
  readonly #jobs: ContentPlaces['jobs'];
  /** By content hash: bytes must not be removed between being found there and getting another file. */
  readonly #locks = new KeyedLock();

  constructor({ database, clock }: SqliteContext, { contents, jobs }: ContentPlaces) {
    this.#database = database;
    this.#clock = clock;
    this.#contents = contents;
    this.#jobs = jobs;
  }

  /** Removes the bytes that a crash left without a file. Nothing else may be under way. */
  sweep(): Promise<void> {
    return this.#contents.sweep((contentHash) => this.#hasContent(contentHash));
  }

  receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedContent> {
    return this.#contents.receive(bytes, options);
  }

  async create(file: NewFile, content: ReceivedContent): Promise<StoredFile> {
    if (!(content instanceof ReceivedFile)) throw new TypeError('the content was not received by this store');
    const { contentHash } = content;
    return this.#locks.run([contentHash], async () => {
      try {
        await this.#contents.adopt(content);
        return await this.#database.writeDurably(() => this.#insert(file, content));
      } catch (error) {
        if (!this.#hasContent(contentHash)) await this.#contents.remove(contentHash);
        throw error;
      }
    });
  }

  async get(id: string, projectId?: string): Promise<StoredFile | undefined> {
    return this.#find(id, projectId);
  }

  async list({ projectId, order, name, ids, externalFileId, ...window }: FileQuery): Promise<ListPart<StoredFile>> {
    return listPart<FileRow, StoredFile>(this.#database, {
      table: 'files',
      columns: FILE_COLUMNS,
      conditions: [
        ofProject(projectId, ids !== undefined),
        condition('name = @name', 'name', name),
        oneOf('id', 'ids', ids),
        condition('external_file_id = @externalFileId', 'externalFileId', externalFileId),
      ],
      order: order.by === 'id' ? ['id'] : [order.by, 'id'],
      direction: order.direction === 'ascending' ? 'ASC' : 'DESC',
      isNarrow: [name, ids, externalFileId].some((value) => value !== undefined),
      window,
      toItem: toFile,
    });
  }

  async delete(id: string, { projectId, ...forgetting }: DeletionOptions = {}): Promise<FileDeletion | undefined> {
    const file = this.#find(id, projectId);
    if (file === undefined) return undefined;
    const [deletion] = await this.#deleteAll([file], forgetting);
    return deletion;
  }

  async locate(contentHash: string): Promise<LocalContent | undefined> {
    return this.#hasContent(contentHash) ? this.#contents.hold(contentHash) : undefined;
  }

  async read(contentHash: string): Promise<Readable> {
    if (!this.#hasContent(contentHash)) throw contentGone();
    return this.#contents.read(contentHash);
  }

  async deleteOld({ createdBefore, now, ...forgetting }: OldFiles, limit: number): Promise<FileDeletion[]> {
    const parameters = { createdBefore: createdBefore ?? null, now, limit };
    return this.#deleteAll(this.#database.all<FileRow>(STATEMENTS.old, parameters).map(toFile), forgetting);
  }

  async #deleteAll(files: readonly StoredFile[], forgetting: ForgettingOptions): Promise<FileDeletion[]> {
    if (files.length === 0) return [];
    const hashes = files.map(({ contentHash }) => contentHash);
    return this.#locks.run(hashes, async () => {
      // On disk before the bytes go: or else a power cut might bring the row back without them.
      const deletions = await this.#database.writeDurably(() =>
        files.flatMap((file) => this.#deleteOne(file, forgetting)),
      );
      for (const { file, isContentDeleted } of deletions) {
        if (isContentDeleted) await this.#contents.remove(file.contentHash);
      }
      this.#database.truncateLog();
      return deletions;
    });
  }

  #deleteOne(file: StoredFile, forgetting: ForgettingOptions): FileDeletion[] {
    const { id, contentHash } = file;
    if (this.#database.run(STATEMENTS.delete, { id }) === 0) return [];
    const isContentDeleted = this.#database.run(STATEMENTS.deleteUnusedContent, { contentHash }) === 1;
    if (isContentDeleted) this.#jobs.forget(contentHash, forgetting);
    return [{ file, isContentDeleted }];
  }

  #insert({ projectId, name, purpose, externalFileId, expiresAt }: NewFile, content: ReceivedContent): StoredFile {
    const { contentHash, size } = content;
    const values = { projectId, name, purpose, externalFileId, expiresAt, contentHash };
    this.#database.run(STATEMENTS.keepContent, { contentHash, size });
    const id = `dfl-${randomUUID()}`;
    return toFile(this.#database.getOne<FileRow>(STATEMENTS.create, { ...values, id, now: this.#clock.now() }));
  }

  #find(id: string, projectId: string | undefined): StoredFile | undefined {
    const row = this.#database.get<FileRow>(STATEMENTS.get, { id, projectId: projectId ?? null });
    return row && toFile(row);
  }

  #hasContent(contentHash: string): boolean {
    return this.#database.get(STATEMENTS.hasContent, { contentHash }) !== undefined;
  }
}
