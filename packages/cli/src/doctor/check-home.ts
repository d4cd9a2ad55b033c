import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Says whether data can be written to the folder of Docket's data. Creates nothing.
 * @throws Error when it cannot
 */
export async function checkHome(home: string): Promise<string> {
  const folder = resolve(home);
  const nearest = await nearestExisting(folder);
  const { path, isDirectory } = nearest;
  if (!isDirectory) throw new Error(`${path} is not a folder; set DOCKET_HOME to another one`);
  await access(path, constants.W_OK | constants.X_OK).catch(() => {
    throw new Error(`${folder} is not writable; change its permissions or set DOCKET_HOME to another folder`);
  });
  return path === folder ? `${folder} is writable` : `${folder} can be created when it is needed`;
}

async function nearestExisting(folder: string): Promise<{ readonly path: string; readonly isDirectory: boolean }> {
  for (let path = folder; ; path = dirname(path)) {
    const stats = await stat(path).catch(() => undefined);
    if (stats) return { path, isDirectory: stats.isDirectory() };
    if (path === dirname(path)) return { path, isDirectory: false };
  }
}
