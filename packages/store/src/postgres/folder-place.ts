import { statfs } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { contentGone } from '../file-errors.js';
import { ContentFolder } from '../files/content-folder.js';
import { ReceivedFile } from '../files/receive-file.js';
import type { LocalContent, ReceivedContent, ReceiveOptions } from '../ports/file-store.js';
import type { ContentPlace } from './content-place.js';
import type { PostgresDatabase } from './postgres-database.js';

/** Age from which on something counts as left behind: whoever writes has long come to an end. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const SUSPECT_MS = 60 * 60 * 1000;

/** Bytes of contents in a folder that all machines share. */
export class FolderPlace implements ContentPlace {
  readonly #folder: string;
  readonly #contents: ContentFolder;

  readonly #database: PostgresDatabase;

  private constructor(folder: string, contents: ContentFolder, database: PostgresDatabase) {
    this.#folder = folder;
    this.#contents = contents;
    this.#database = database;
  }

  /** @param database Says which contents there are: bytes may be left of others */
  static async open(folder: string, database: PostgresDatabase): Promise<FolderPlace> {
    return new FolderPlace(folder, await ContentFolder.open(folder), database);
  }

  receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedContent> {
    return this.#contents.receive(bytes, options);
  }

  async adopt(content: ReceivedContent): Promise<null> {
    if (!(content instanceof ReceivedFile)) throw new TypeError('the content was not received by this store');
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

  remove(contentHash: string): Promise<void> {
    return this.#contents.remove(contentHash);
  }

  suspects(): AsyncIterable<string> {
    return this.#contents.olderThan(SUSPECT_MS);
  }

  removeAbandoned(): Promise<void> {
    return this.#contents.removeAbandoned(ABANDONED_MS);
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  probe(): Promise<void> {
    return this.#contents.probe();
  }

  async close(): Promise<void> {}

  async #has(contentHash: string): Promise<boolean> {
    return (
      (await this.#database.get('SELECT 1 AS found FROM contents WHERE hash = @contentHash', { contentHash })) !==
      undefined
    );
  }
}
