import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DocketError } from '../../errors.js';

/**
 * Takes the folder of downloads for this process: two pulls would write into the same parts. A lock that a process left
 * behind when it was killed is taken over.
 * @throws DocketError `state.data_folder_in_use`
 */
export async function lockDownloads(folder: string): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const own = `${hostname()} ${process.pid}`;
  const take = () => writeFile(path, own, { flag: 'wx' });
  try {
    await take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!isLeftBehind(await readFile(path, 'utf8').catch(() => ''))) throw inUse(path, error);
    await rm(path, { force: true });
    await take().catch((again) => {
      throw inUse(path, again);
    });
  }
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}

function isLeftBehind(owner: string): boolean {
  const [host, id] = owner.split(' ');
  if (host !== hostname() || !/^\d+$/.test(id ?? '')) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function inUse(path: string, cause: unknown): DocketError {
  const message = `another \`docket models pull\` is under way; wait for it, or delete ${path} if there is none`;
  return new DocketError('state.data_folder_in_use', message, { data: { path }, cause });
}
