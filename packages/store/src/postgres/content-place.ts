import type { Readable } from 'node:stream';
import type { LocalContent, ReceivedContent, ReceiveOptions } from '../ports/file-store.js';
import type { PostgresTransaction } from './postgres-database.js';

/** Where the bytes of contents lie: in the database, or in a folder that all machines share. */
export interface ContentPlace {
  receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedContent>;
  /**
   * Takes received bytes over, as part of the transaction that makes the content, unless they are there already.
   * @returns The blob that holds them, null when they lie elsewhere
   * @throws DocketError `resource.file_not_found` when what was received was disposed of
   */
  adopt(content: ReceivedContent, transaction: PostgresTransaction): Promise<string | null>;
  /** The bytes that were adopted, before there is a content that has them. */
  readAdopted(contentHash: string, blobId: string | null): AsyncIterable<Uint8Array>;
  /** @throws DocketError `resource.file_not_found` */
  read(contentHash: string): Promise<Readable>;
  locate(contentHash: string): Promise<LocalContent | undefined>;
  /** Removes bytes that were adopted when no content came of them. */
  abandon(contentHash: string, blobId: string | null): Promise<void>;
  /** Removes the bytes of a content that is gone, while nobody else makes or removes it. */
  remove(contentHash: string): Promise<void>;
  /** Contents that may have bytes here and nothing that refers to them. */
  suspects(): AsyncIterable<string>;
  /** Removes what uploads left behind that never came to their end. */
  removeAbandoned(): Promise<void>;
  freeBytes(): Promise<number>;
  /** @throws when nothing can be written */
  probe(): Promise<void>;
  /** Gives up what is kept on this machine. */
  close(): Promise<void>;
}
