import { join } from 'node:path';
import { DocketError } from '@docket/core';
import BetterSqlite from 'better-sqlite3';
import { hasCode } from '../file-errors.js';
import { createPrivateFile } from './private-file.js';

/** The hold that a process has on a data folder. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes a data folder for this process. The operating system frees it when the process ends, in whatever way.
 * @throws DocketError `state.data_folder_in_use`
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'docket.lock');
  createPrivateFile(path);
  const connection = new BetterSqlite(path, { timeout: 0 });
  try {
    // Nothing is ever written, so no journal needs to lie beside it.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!hasCode(error, 'SQLITE_BUSY')) throw error;
    const message = `the data folder ${folder} is in use by another Docket process; stop that one, or name another folder with --data-dir`;
    throw new DocketError('state.data_folder_in_use', message, { data: { folder }, cause: error });
  }
  return { release: () => void connection.close() };
}
