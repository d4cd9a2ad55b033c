import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from '../file-errors.js';

/**
 * Makes a folder that is not there, and those above it, for its owner alone. Node's own way (`recursive`) never ends where a folder
 * that is there says that it is not when something is to be made in it, as those of `/proc` do.
 * @throws as `mkdir` does; `EEXIST` for a file
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (await isFolder(folder)) return;
    const above = dirname(folder);
    if (!hasCode(error, 'ENOENT') || above === folder || (await isFolder(above))) throw error;
    await makeFolder(above);
    await makeFolder(folder);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
