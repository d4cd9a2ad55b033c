import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { DocketError } from '../../errors.js';

/** Whether something thrown carries one of some codes, as errors of the file system do. */
export function hasCode(thrown: unknown, ...codes: string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code));
}

/** Turns "no space left" into `capacity.disk_full`; gives anything else back. */
export function namedDiskFull(thrown: unknown, path: string): unknown {
  if (!hasCode(thrown, 'ENOSPC', 'EDQUOT')) return thrown;
  const message = `the disk that holds ${path} is full; free some space and try again`;
  return new DocketError('capacity.disk_full', message, { data: { path }, cause: thrown });
}

/** Makes the names in a folder last: a renamed file is only safe once its folder is on disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no folders that can be opened.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems of networks and sticks cannot.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP')) throw error;
  } finally {
    await handle.close();
  }
}

/** Writes a file whole or not at all: who reads it meanwhile sees what was there before. @param mode Of the file, as the umask lets it */
export async function replaceFile(file: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await writeFile(temporary, content, { mode });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether there is anything of that name, be it a broken link. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** Writes a new file that is on disk when this returns. */
export async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
