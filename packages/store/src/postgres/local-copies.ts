import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasCode } from '../file-errors.js';
import { makeFolder } from '../files/make-folder.js';
import type { LocalContent } from '../ports/file-store.js';
import { withStorageFaults } from '../storage-faults.js';

/** Names of folders: host, which may have dots itself, process and a UUID. */
const FOLDER_NAME = /^(?<host>.+)\.(?<processId>\d+)\.[0-9a-f-]{36}$/;

/** Those that this process uses. */
const ownFolders = new Set<string>();

interface Copy {
  readonly path: string;
  readonly written: Promise<void>;
  holders: number;
}

/** Files of this machine with bytes that lie elsewhere: made for those who need a file, and gone with the last of them. */
export class LocalCopies {
  readonly #folder: string;
  readonly #copies = new Map<string, Copy>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param home A folder that processes of several machines may share; each has its own in it */
  static async open(home: string): Promise<LocalCopies> {
    const copies = join(home, 'copies');
    const host = hostname();
    const folder = join(copies, `${host}.${process.pid}.${randomUUID()}`);
    await makeFolder(folder);
    ownFolders.add(folder);
    await removeLeftovers(copies, host);
    return new LocalCopies(folder);
  }

  /**
   * Holds a copy, which is made unless somebody holds it already.
   * @returns Undefined when the content is gone
   */
  async hold(contentHash: string, bytes: () => AsyncIterable<Uint8Array>): Promise<LocalContent | undefined> {
    const copy = this.#copies.get(contentHash) ?? this.#make(contentHash, bytes());
    copy.holders++;
    let isHeld = true;
    const letGo = async () => {
      if (!isHeld) return;
      isHeld = false;
      await this.#letGo(contentHash, copy);
    };
    try {
      await copy.written;
      return { path: copy.path, [Symbol.asyncDispose]: letGo };
    } catch (error) {
      await letGo();
      if (hasCode(error, 'resource.file_not_found')) return undefined;
      throw error;
    }
  }

  /** Removes all copies. */
  async close(): Promise<void> {
    ownFolders.delete(this.#folder);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #make(contentHash: string, bytes: AsyncIterable<Uint8Array>): Copy {
    const path = join(this.#folder, `${contentHash}.${randomUUID()}`);
    const write = () => pipeline(bytes, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    const copy: Copy = { path, written: withStorageFaults(write), holders: 0 };
    this.#copies.set(contentHash, copy);
    return copy;
  }

  async #letGo(contentHash: string, copy: Copy): Promise<void> {
    if (--copy.holders > 0) return;
    if (this.#copies.get(contentHash) === copy) this.#copies.delete(contentHash);
    await rm(copy.path, { force: true });
  }
}

/** Removes what processes of this machine left that were killed. */
async function removeLeftovers(copies: string, host: string): Promise<void> {
  for (const name of await readdir(copies)) {
    const { host: whose, processId = '' } = FOLDER_NAME.exec(name)?.groups ?? {};
    if (whose !== host || ownFolders.has(join(copies, name))) continue;
    if (Number(processId) === process.pid || !isAlive(Number(processId)))
      await rm(join(copies, name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
