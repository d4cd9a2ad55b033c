import type { Readable } from 'node:stream';
import type { Instant } from './instant.js';
import type { ListPart, ListWindow } from './listing.js';

/** Bytes that were received and belong to no file yet. Disposing of them removes what no file took over. */
export interface ReceivedContent extends AsyncDisposable {
  /** SHA-256, hexadecimal. */
  readonly contentHash: string;
  readonly size: number;
}

/** How bytes are received. */
export interface ReceiveOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** A file as it is accepted. */
export interface NewFile {
  readonly projectId: string;
  /** With extension, without any path. */
  readonly name: string;
  readonly purpose: string | null;
  readonly externalFileId: string | null;
  readonly expiresAt: Instant | null;
}

/** A file. Several may share one content. */
export interface StoredFile extends NewFile {
  /** `dfl-` and a UUID. */
  readonly id: string;
  readonly contentHash: string;
  readonly size: number;
  readonly createdAt: Instant;
}

/** Orders that files are listed in. Ties are broken by id. */
export type FileOrder = { readonly by: 'name' | 'id' | 'created_at'; readonly direction: 'ascending' | 'descending' };

/** Which files to list; conditions are joined by AND. */
export interface FileQuery extends ListWindow {
  readonly projectId: string;
  readonly order: FileOrder;
  readonly name?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly externalFileId?: string | undefined;
}

/** What goes with a content when its last file is deleted. */
export interface ForgettingOptions {
  /** Whether its quotes are taken out of the reasoning of jobs, too. @default false */
  readonly purgeQuotes?: boolean | undefined;
}

/** Which file to delete, and what goes with it. */
export interface DeletionOptions extends ForgettingOptions {
  /** When given, files of other projects are unknown. */
  readonly projectId?: string | undefined;
}

/** Which files are old. */
export interface OldFiles extends ForgettingOptions {
  readonly createdBefore?: Instant | undefined;
  readonly now: Instant;
}

/** A file that was deleted. */
export interface FileDeletion {
  readonly file: StoredFile;
  /** Whether no other file has this content: then the bytes and all that was read of them are gone too. */
  readonly isContentDeleted: boolean;
}

/** The bytes of a content on this machine: a file for as long as it is held, or, where there are few, the bytes. */
export type LocalContent = AsyncDisposable & ({ readonly path: string } | { readonly bytes: Uint8Array });

/** Files: their metadata, and their bytes by content. */
export interface FileStore {
  /**
   * Writes bytes to disk as they come and hashes them.
   * @throws DocketError `request.too_large` as soon as there are more than `maxBytes`, before the rest is read
   */
  receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedContent>;
  /** Makes a file of what was received: its bytes are on disk for good before its row is. */
  create(file: NewFile, content: ReceivedContent): Promise<StoredFile>;
  /** @param projectId When given, files of other projects are unknown */
  get(id: string, projectId?: string): Promise<StoredFile | undefined>;
  list(query: FileQuery): Promise<ListPart<StoredFile>>;
  /**
   * Deletes a file; the last one of a content takes bytes, page records, parse text and the explanations of jobs with it,
   * beyond recovery and in one step: after a stop in between, all of it is there or nothing.
   */
  delete(id: string, options?: DeletionOptions): Promise<FileDeletion | undefined>;
  /** The bytes of a content for this machine, or undefined when it is gone. A store elsewhere copies them here until they are let go. */
  locate(contentHash: string): Promise<LocalContent | undefined>;
  /** @throws DocketError `resource.file_not_found` when the content is gone */
  read(contentHash: string): Promise<Readable>;
  /**
   * Deletes files created before a moment, and those whose own `expiresAt` lies before now, each as `delete` does.
   * @returns At most `limit`
   */
  deleteOld(old: OldFiles, limit: number): Promise<FileDeletion[]>;
}
