import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { hasCode, pathExists, syncFolder } from './files/file-system.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_RENAMES = 10;
const TEMPORARY = /^\.(import|removed|replaced)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}(?:-(.+))?$/;

/** What a temporary folder is for; `replaced` holds a model until the one that takes its place is there. */
export type TemporaryKind = 'import' | 'removed' | 'replaced';

// Process ids mean nothing on another machine that shares the folder.
const hostTag = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name that no model can have, telling whose it is. */
export function temporaryName(kind: TemporaryKind, model?: string): string {
  const own = `.${kind}-${process.pid}-${hostTag}-${randomBytes(4).toString('hex')}`;
  return model === undefined ? own : `${own}-${model}`;
}

/** Makes a folder beside the models, on the same disk. */
export async function makeStagingFolder(folder: string): Promise<string> {
  const staged = join(folder, temporaryName('import'));
  await mkdir(staged, { recursive: true, mode: 0o700 });
  return staged;
}

/**
 * Gives a finished folder its name.
 * @returns whether there was a model of that name before; undefined when there is one that may not be replaced
 */
export async function publish(
  folder: string,
  staged: string,
  { name, replace }: { readonly name: string; readonly replace: boolean },
): Promise<'new' | 'replaced' | undefined> {
  const target = join(folder, name);
  const aside: string[] = [];
  while (!(await renameUnlessTaken(staged, target))) {
    // Another import may put its model there again and again; it has to end somewhere.
    if (!replace || aside.length === MAX_RENAMES) return undefined;
    const old = join(folder, temporaryName('replaced', name));
    if (await renameIfThere(target, old)) aside.push(old);
  }
  await syncFolder(folder);
  for (const old of aside) await rm(old, { recursive: true, force: true });
  return aside.length > 0 ? 'replaced' : 'new';
}

/** Takes a model away at once, then deletes it. @returns whether it was there */
export async function withdraw(folder: string, name: string): Promise<boolean> {
  const removed = join(folder, temporaryName('removed', name));
  if (!(await renameIfThere(join(folder, name), removed))) return false;
  await syncFolder(folder);
  await rm(removed, { recursive: true, force: true });
  return true;
}

/** Removes what killed processes left behind; a model whose replacement never came gets its name back. */
export async function sweepLeftovers(folder: string): Promise<void> {
  for (const entry of await namesIn(folder)) {
    const [, kind, processId, host, model] = TEMPORARY.exec(entry) ?? [];
    if (kind === undefined) continue;
    const path = join(folder, entry);
    const isGone = host === hostTag && !isRunning(Number(processId));
    if (!isGone && !(await isOld(path))) continue;
    const isBack = kind === 'replaced' && model !== undefined && (await putBack(path, join(folder, model)));
    if (!isBack) await rm(path, { recursive: true, force: true });
  }
}

async function putBack(path: string, target: string): Promise<boolean> {
  return !(await pathExists(target)) && (await renameUnlessTaken(path, target));
}

async function renameUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    // Windows answers EPERM or EACCES.
    const isTaken = hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM', 'EACCES') && (await pathExists(to));
    if (isTaken) return false;
    throw error;
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function isOld(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > DAY_MS;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return hasCode(error, 'EPERM');
  }
}
