import { statfs } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { contentGone, folderAway, misplaced } from '../file-errors.js';
import { ContentFolder } from '../files/content-folder.js';
import { ReceivedFile } from '../files/receive-file.js';
import type { LocalContent, ReceivedContent, ReceiveOptions } from '../ports/file-store.js';
import { withStorageFaults } from '../storage-faults.js';
import type { ContentPlace } from './content-place.js';
import { readMark } from './content-place-entry.js';
import { lockContents } from './lock-contents.js';
import type { PostgresDatabase } from './postgres-database.js';

/** Age from which on something counts as left behind: whoever writes has long come to an end. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const SUSPECT_MS = 60 * 60 * 1000;

/** A folder that all machines share. */
export interface SharedFolder {
  readonly folder: string;
  /** What it is marked with as long as it is mounted. */
  readonly mark: string;
}

const HAS_CONTENT = 'SELECT blob_id FROM contents WHERE hash = @contentHash';

/** Bytes of contents in a folder that all machines share. Without its mark it is not there, and nothing is taken for deleted. */
export class FolderPlace implements ContentPlace {
  readonly #shared: SharedFolder;
  readonly #contents: ContentFolder;
  readonly #database: PostgresDatabase;

  private constructor(shared: SharedFolder, contents: ContentFolder, database: PostgresDatabase) {
    this.#shared = shared;
    this.#contents = contents;
    this.#database = database;
  }

  /** @param database Says which contents there are: bytes may be left of others */
  static async open(shared: SharedFolder, database: PostgresDatabase): Promise<FolderPlace> {
    return new FolderPlace(shared, await ContentFolder.open(shared.folder), database);
  }

  async receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedContent> {
    await this.#assertThere();
    return this.#contents.receive(bytes, options);
  }

  async adopt(content: ReceivedContent): Promise<null> {
    if (!(content instanceof ReceivedFile)) throw new TypeError('the content was not received by this store');
    await this.#assertThere();
    await this.#contents.adopt(content);
    return null;
  }

  async *readAdopted(contentHash: string): AsyncGenerator<Uint8Array> {
    yield* await this.#contents.read(contentHash);
  }

  async read(contentHash: string): Promise<Readable> {
    if (!(await this.#has(contentHash))) throw contentGone();
    return this.#contents.read(contentHash);
  }

  async locate(contentHash: string): Promise<LocalContent | undefined> {
    return (await this.#has(contentHash)) ? this.#contents.hold(contentHash) : undefined;
  }

  /** Unless somebody else has made a content of the same bytes meanwhile. */
  abandon(contentHash: string): Promise<void> {
    return this.#database.transaction(async (transaction) => {
      await lockContents(transaction, [contentHash]);
      if ((await transaction.get(HAS_CONTENT, { contentHash })) === undefined) await this.remove(contentHash);
    });
  }

  async remove(contentHash: string): Promise<void> {
    await this.#assertThere();
    return this.#contents.remove(contentHash);
  }

  async *suspects(): AsyncGenerator<string> {
    await this.#assertThere();
    yield* this.#contents.olderThan(SUSPECT_MS);
  }

  async removeAbandoned(): Promise<void> {
    await this.#assertThere();
    return this.#contents.removeAbandoned(ABANDONED_MS);
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#shared.folder);
    return bavail * bsize;
  }

  async probe(): Promise<void> {
    await this.#assertThere();
    return this.#contents.probe();
  }

  async close(): Promise<void> {}

  async #has(contentHash: string): Promise<boolean> {
    const content = await this.#database.get<{ blob_id: string | null }>(HAS_CONTENT, { contentHash });
    if (content === undefined) return false;
    if (content.blob_id !== null) throw misplaced('the database, where a process without --files put them');
    await this.#assertThere();
    return true;
  }

  async #assertThere(): Promise<void> {
    const { folder, mark } = this.#shared;
    if ((await withStorageFaults(() => readMark(folder))) !== mark) throw folderAway();
  }
}
