import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DocketError, syncFolder } from '@docket/core';
import BetterSqlite from 'better-sqlite3';
import { hasCode } from './file-errors.js';
import { DATABASE_NAME } from './open-store.js';

/** How long the copy waits for a database that is just being set up. */
const BUSY_TIMEOUT_MS = 30_000;

/**
 * Copies the database of a data folder as it stands at one moment, also while a server uses it. The contents of files are
 * not part of it: they lie as ordinary files beside the database.
 * @param file Where the copy goes; it must not exist. Only its owner may read it
 * @throws DocketError `resource.file_not_found` without a database, `request.invalid_usage` for a `file` that exists or
 *   cannot be made
 */
export async function backUpDatabase(folder: string, file: string): Promise<void> {
  const source = join(folder, DATABASE_NAME);
  if (!(await exists(source))) throw noDatabase(folder);
  await assertFree(file);
  const temporary = `${file}.${randomUUID()}.part`;
  try {
    await makeEmpty(temporary, file);
    copyDatabase(source, temporary);
    await sync(temporary);
    await assertFree(file);
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** One read transaction: unlike the step-wise backup it never begins anew when a server writes meanwhile. */
function copyDatabase(source: string, target: string): void {
  const connection = new BetterSqlite(source, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    connection.prepare('VACUUM INTO ?').run(target);
  } finally {
    connection.close();
  }
}

async function makeEmpty(temporary: string, file: string): Promise<void> {
  try {
    const handle = await open(temporary, 'wx', 0o600);
    await handle.close();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DocketError('request.invalid_usage', `cannot write ${file}: ${reason}; name another file`, { cause });
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function assertFree(file: string): Promise<void> {
  if (!(await exists(file))) return;
  throw new DocketError('request.invalid_usage', `${file} exists already; name another file, or remove it first`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function noDatabase(folder: string): DocketError {
  const message = `there is no ${DATABASE_NAME} in ${folder}; name the data folder of a server with --data-dir`;
  return new DocketError('resource.file_not_found', message);
}
