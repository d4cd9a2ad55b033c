import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { contentGone, misplaced } from '../file-errors.js';
import { tooLarge } from '../files/receive-file.js';
import { untilAborted } from '../files/until-aborted.js';
import type { LocalContent, ReceivedContent, ReceiveOptions } from '../ports/file-store.js';
import type { ContentPlace } from './content-place.js';
import { inChunks } from './in-chunks.js';
import type { LocalCopies } from './local-copies.js';
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.js';

/** Size of all chunks but the last of a blob. */
const CHUNK_BYTES = 512 * 1024;

const STATEMENTS = {
  begin: 'INSERT INTO blobs (id) VALUES (@id)',
  append: 'INSERT INTO blob_chunks (blob_id, position, data) VALUES (@id, @position::integer, @data)',
  // Locks it, too: what was abandoned is not removed at the same moment.
  keep: 'UPDATE blobs SET touched_at = now() WHERE id = @id',
  discard: `DELETE FROM blobs WHERE id = @id AND NOT EXISTS (SELECT 1 FROM contents WHERE blob_id = @id)`,
  // With its first chunk, which is the only one of most.
  ofContent: `SELECT contents.blob_id, size, data FROM contents
    LEFT JOIN blob_chunks ON blob_chunks.blob_id = contents.blob_id AND position = 0
    WHERE hash = @contentHash`,
  chunk: 'SELECT data FROM blob_chunks WHERE blob_id = @id AND position = @position::integer',
  removeAbandoned: `DELETE FROM blobs WHERE touched_at < now() - interval '1 day'
    AND NOT EXISTS (SELECT 1 FROM contents WHERE blob_id = blobs.id)`,
};

/** A content as it lies in the database. */
interface StoredBlob {
  readonly blob_id: string | null;
  readonly size: number;
  /** Its first chunk; null when it has none. */
  readonly data: Uint8Array | null;
}

/** Bytes that were received into the database. */
class ReceivedBlob implements ReceivedContent {
  readonly #discard: () => Promise<void>;

  constructor(
    readonly id: string,
    readonly contentHash: string,
    readonly size: number,
    discard: () => Promise<void>,
  ) {
    this.#discard = discard;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#discard();
  }
}

/** Bytes of contents in the database, in chunks: they come and go piece by piece, and are never in memory as a whole. */
export class BlobPlace implements ContentPlace {
  readonly #database: PostgresDatabase;
  readonly #copies: LocalCopies;

  /** @param copies Where engine processes read them */
  constructor(database: PostgresDatabase, copies: LocalCopies) {
    this.#database = database;
    this.#copies = copies;
  }

  async receive(bytes: AsyncIterable<Uint8Array>, { maxBytes, signal }: ReceiveOptions): Promise<ReceivedContent> {
    const id = randomUUID();
    const hash = createHash('sha256');
    let size = 0;
    async function* measured() {
      for await (const piece of untilAborted(bytes, signal)) {
        size += piece.byteLength;
        if (size > maxBytes) throw tooLarge(maxBytes);
        hash.update(piece);
        yield piece;
      }
    }
    await this.#database.run(STATEMENTS.begin, { id });
    try {
      let position = 0;
      for await (const data of inChunks(measured(), CHUNK_BYTES)) await this.#append(id, position++, data);
    } catch (error) {
      await this.#discard(id);
      throw error;
    }
    return new ReceivedBlob(id, hash.digest('hex'), size, () => this.#discard(id));
  }

  async adopt(content: ReceivedContent, transaction: PostgresTransaction): Promise<string> {
    if (!(content instanceof ReceivedBlob)) throw new TypeError('the content was not received by this store');
    if ((await transaction.run(STATEMENTS.keep, { id: content.id })) === 0) throw contentGone();
    return content.id;
  }

  async *readAdopted(_contentHash: string, id: string | null): AsyncGenerator<Uint8Array> {
    for (let position = 0; ; position++) {
      const chunk = await this.#chunk(id, position);
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  /** A content that is deleted while it is read ends with an error, unless it has one chunk alone. */
  async read(contentHash: string): Promise<Readable> {
    const blob = await this.#find(contentHash);
    if (blob === undefined) throw contentGone();
    return Readable.from(this.#chunks(blob), { objectMode: false });
  }

  async locate(contentHash: string): Promise<LocalContent | undefined> {
    const blob = await this.#find(contentHash);
    if (blob === undefined) return undefined;
    const { data: bytes, size } = blob;
    if (bytes?.byteLength === size) return { bytes, [Symbol.asyncDispose]: async () => {} };
    return this.#copies.hold(contentHash, () => this.#chunks(blob));
  }

  async abandon(_contentHash: string, id: string | null): Promise<void> {
    if (id !== null) await this.#discard(id);
  }

  async remove(): Promise<void> {}

  async *suspects(): AsyncGenerator<string> {}

  async removeAbandoned(): Promise<void> {
    await this.#database.run(STATEMENTS.removeAbandoned);
  }

  /** Nobody can tell here how much room the disk of the database has. */
  async freeBytes(): Promise<number> {
    return Number.POSITIVE_INFINITY;
  }

  async probe(): Promise<void> {}

  close(): Promise<void> {
    return this.#copies.close();
  }

  async *#chunks({ blob_id: id, size, data: first }: StoredBlob): AsyncGenerator<Uint8Array, void> {
    for (let position = 0, given = 0; given < size; position++) {
      const chunk = position === 0 ? first : await this.#chunk(id, position);
      if (!chunk) throw contentGone();
      given += chunk.byteLength;
      yield chunk;
    }
  }

  async #find(contentHash: string): Promise<StoredBlob | undefined> {
    const blob = await this.#database.get<StoredBlob>(STATEMENTS.ofContent, { contentHash });
    if (blob?.blob_id === null) throw misplaced('a folder, where a process with --files put them');
    return blob;
  }

  async #chunk(id: string | null, position: number): Promise<Uint8Array | undefined> {
    return (await this.#database.get<{ data: Uint8Array }>(STATEMENTS.chunk, { id, position }))?.data;
  }

  /** Only the row that makes a content of it waits for the disk, and all before it with that. */
  async #append(id: string, position: number, data: Uint8Array): Promise<void> {
    const append = (transaction: PostgresTransaction) => transaction.run(STATEMENTS.append, { id, position, data });
    await this.#database.transaction(append, { isDurable: false });
  }

  /** What cannot be discarded now is found later, as abandoned. */
  async #discard(id: string): Promise<void> {
    await this.#database.run(STATEMENTS.discard, { id }).catch(() => {});
  }
}
