import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { syncFolder } from '@docket/core';
import { contentGone, hasCode } from '../file-errors.js';
import type { LocalContent, ReceiveOptions } from '../ports/file-store.js';
import { withStorageFaults } from '../storage-faults.js';
import { type ReceivedFile, receiveFile } from './receive-file.js';

const HASH = /^[0-9a-f]{64}$/;
const FIRST_DIGITS = /^[0-9a-f]{2}$/;

/**
 * Bytes by their SHA-256, as files `<first two digits>/<hash>`; what is being received lies in `incoming`. Whoever adopts
 * and removes must see to it that the same content is never in both at once.
 */
export class ContentFolder {
  readonly #folder: string;
  readonly #incoming: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  static async open(folder: string): Promise<ContentFolder> {
    const contents = new ContentFolder(folder);
    await mkdir(contents.#incoming, { recursive: true, mode: 0o700 });
    return contents;
  }

  /** Writes bytes to a temporary file. @throws DocketError `request.too_large`, `capacity.disk_full`, `state.data_folder_unwritable` */
  receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<ReceivedFile> {
    return receiveFile(join(this.#incoming, `${randomUUID()}.part`), bytes, options);
  }

  /**
   * Takes received bytes over: they lie under their hash, for good, when this returns.
   * @throws DocketError `resource.file_not_found` when what was received was disposed of, `capacity.disk_full`,
   *   `state.data_folder_unwritable`
   */
  async adopt({ path, contentHash, size }: ReceivedFile): Promise<void> {
    const target = this.pathOf(contentHash);
    await withStorageFaults(async () => {
      if ((await fileSize(target)) === size) return rm(path, { force: true });
      const madeFolder = await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await renameReceived(path, target);
      await syncFolder(dirname(target));
      if (madeFolder !== undefined) await syncFolder(this.#folder);
    });
  }

  /** Where a content lies when it is here. */
  pathOf(contentHash: string): string {
    return join(this.#folder, contentHash.slice(0, 2), contentHash);
  }

  /** The file of a content. It stays where it is when it is let go. */
  hold(contentHash: string): LocalContent {
    return { path: this.pathOf(contentHash), [Symbol.asyncDispose]: async () => {} };
  }

  /** @throws DocketError `resource.file_not_found` */
  async read(contentHash: string): Promise<Readable> {
    try {
      return (await open(this.pathOf(contentHash))).createReadStream();
    } catch (error) {
      throw hasCode(error, 'ENOENT') ? contentGone(error) : error;
    }
  }

  /** @throws DocketError `state.data_folder_unwritable` */
  async remove(contentHash: string): Promise<void> {
    await withStorageFaults(() => rm(this.pathOf(contentHash), { force: true }));
  }

  /** Removes what a crash left behind: unfinished uploads, and contents that nothing refers to. */
  async sweep(isKept: (contentHash: string) => boolean): Promise<void> {
    for (const name of await readdir(this.#incoming)) await rm(join(this.#incoming, name), { force: true });
    for (const digits of await readdir(this.#folder)) {
      if (FIRST_DIGITS.test(digits)) await sweepContents(join(this.#folder, digits), isKept);
    }
  }

  /** Removes unfinished uploads that nothing was written to for so long: while others may upload. */
  async removeAbandoned(ageMs: number): Promise<void> {
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name);
      if (await isOlder(path, ageMs)) await rm(path, { force: true });
    }
  }

  /** Contents that came so long ago. */
  async *olderThan(ageMs: number): AsyncGenerator<string> {
    for (const digits of await readdir(this.#folder)) {
      if (!FIRST_DIGITS.test(digits)) continue;
      for (const name of await readdir(join(this.#folder, digits))) {
        if (HASH.test(name) && (await isOlder(this.pathOf(name), ageMs))) yield name;
      }
    }
  }

  /** Writes a file and removes it again. @throws when the disk cannot be written */
  async probe(): Promise<void> {
    const path = join(this.#incoming, `${randomUUID()}.probe`);
    try {
      await writeFile(path, 'probe', { flag: 'wx', mode: 0o600, flush: true });
    } finally {
      await rm(path, { force: true });
    }
  }
}

async function sweepContents(folder: string, isKept: (contentHash: string) => boolean): Promise<void> {
  for (const name of await readdir(folder)) {
    if (HASH.test(name) && !isKept(name)) await rm(join(folder, name), { force: true });
  }
}

async function isOlder(path: string, ageMs: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > ageMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function fileSize(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function renameReceived(path: string, target: string): Promise<void> {
  try {
    await rename(path, target);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? contentGone(error) : error;
  }
}
