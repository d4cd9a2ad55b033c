import { access, constants, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DocketError } from '@docket/core';
import { MonotonicClock } from './clock.js';
import { hasCode } from './file-errors.js';
import { ContentFolder } from './files/content-folder.js';
import { makeFolder } from './files/make-folder.js';
import type { Store } from './ports/store.js';
import { SqliteDatabase } from './sqlite/database.js';
import { readNewestInstant } from './sqlite/database-facts.js';
import { type FolderLock, lockFolder } from './sqlite/folder-lock.js';
import { assertKnownVersion, migrate } from './sqlite/migrate.js';
import { SqliteStore } from './sqlite/sqlite-store.js';
import { isStorageFault, toStorageFault } from './storage-faults.js';

/** Name of the database in a data folder. */
export const DATABASE_NAME = 'docket.db';

/** Where a store lies. */
export interface OpenStoreOptions {
  /** Made when it is not there. */
  readonly folder: string;
  /** Milliseconds since 1970; the clock of the machine unless a test needs another. */
  readonly now?: () => number;
}

/** Milliseconds that nobody sets: leases must neither end nor last because the clock of the machine was. They never outlive a process. */
const sinceStart = () => Math.floor(performance.timeOrigin + performance.now());

/**
 * Opens the store in a data folder, which belongs to this process until the store is closed. Brings its database to the
 * newest version and removes what a crash left behind.
 * @throws DocketError `state.data_folder_in_use`, `state.data_folder_unwritable`, `state.database_locked`,
 *   `state.database_too_new`, `capacity.disk_full`, or `resource.unreadable` for a broken database
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { folder } = options;
  await makeFolder(folder).catch((error: unknown) => {
    throw isStorageFault(toStorageFault(error)) ? toStorageFault(error, folder) : unmakeable(folder, error);
  });
  try {
    // Said by the system even to root; SQLite would open what it cannot write, and fail later.
    await access(folder, constants.W_OK);
    const lock = lockFolder(folder);
    try {
      return await openLocked(options, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw toStorageFault(error, folder);
  }
}

function unmakeable(folder: string, cause: unknown): DocketError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const message = `${folder} cannot be used: it is no folder, and none can be made there (${reason}); name another one`;
  return new DocketError('state.data_folder_unwritable', message, { cause });
}

async function openLocked({ folder, now }: OpenStoreOptions, lock: FolderLock): Promise<Store> {
  const contents = await ContentFolder.open(join(folder, 'files'));
  const database = new SqliteDatabase(join(folder, DATABASE_NAME));
  try {
    prepare(database, folder);
    const newestInstant = readNewestInstant(database);
    const nowMs = now ?? (() => Date.now());
    const clock = new MonotonicClock({ now: nowMs, after: newestInstant });
    const context = { database, clock, now: now ?? sinceStart };
    const freeBytes = () => freeBytesOf(folder);
    const store = new SqliteStore(context, { contents, lock, freeBytes, nowMs, newestInstant });
    await store.files.sweep();
    database.waitBriefly();
    return store;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(database: SqliteDatabase, folder: string): void {
  try {
    assertKnownVersion(database);
    database.configure();
    migrate(database);
  } catch (error) {
    if (!hasCode(error, 'SQLITE_NOTADB') && !hasCode(error, 'SQLITE_CORRUPT')) throw error;
    const message = `${join(folder, DATABASE_NAME)} is no database that can be read; put a backup in its place, or name another folder with --data-dir`;
    throw new DocketError('resource.unreadable', message, { cause: error });
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
