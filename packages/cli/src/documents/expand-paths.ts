import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DocketError } from '@docket/core';
import { compareCodePoints } from './compare-code-points.js';
import type { DocumentInput } from './document-input.js';
import { readPipe } from './read-pipe.js';

/** What {@link expandPaths} is given. */
export interface ExpandOptions {
  /** Read for the path `-`. */
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Files that are left out of folders: the rules, the output. */
  readonly exclude?: readonly string[];
  /** How long a named pipe may wait for somebody who writes to it. */
  readonly openMs: number;
  readonly signal?: AbortSignal;
}

/** The documents that paths lead to. */
export interface ExpandedPaths {
  readonly documents: readonly DocumentInput[];
  /** Folders without any document. */
  readonly emptyFolders: readonly string[];
}

interface Walk {
  readonly documents: DocumentInput[];
  readonly exclude: ReadonlySet<string>;
  readonly openMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Finds the documents that paths lead to, in the order of the paths. Folders are walked through, sorted by path in
 * code-point order; what begins with `.` is skipped, and so is a link back to a folder that it stands in. A path that
 * leads nowhere is a document that failed.
 * @throws DocketError `request.invalid_usage` when standard input is named twice
 */
export async function expandPaths(paths: readonly string[], options: ExpandOptions): Promise<ExpandedPaths> {
  const { stdin, exclude = [], openMs, signal } = options;
  if (paths.filter((path) => path === '-').length > 1) {
    throw new DocketError('request.invalid_usage', 'standard input (-) can be read only once; name it once');
  }
  const excluded = new Set(await Promise.all(exclude.map(realPathOf)));
  const walk: Walk = { documents: [], exclude: excluded, openMs, signal };
  const emptyFolders: string[] = [];
  for (const path of paths) {
    if (path === '-') {
      walk.documents.push({ kind: 'stream', path, open: () => stdin });
      continue;
    }
    const before = walk.documents.length;
    const kind = await addPath(path, walk);
    if (kind === 'folder' && walk.documents.length === before) emptyFolders.push(path);
  }
  return { documents: walk.documents, emptyFolders };
}

async function addPath(path: string, walk: Walk): Promise<'folder' | 'other'> {
  let stats: Stats;
  try {
    stats = await stat(path);
  } catch (error) {
    walk.documents.push({ kind: 'failed', path, error: describeFailure(path, error) });
    return 'other';
  }
  if (stats.isDirectory()) {
    await addFolder(path, [], walk);
    return 'folder';
  }
  if (stats.isFile()) walk.documents.push({ kind: 'file', path });
  // Such as the <(...) of a shell: engine processes do not have it open.
  else if (stats.isFIFO()) walk.documents.push({ kind: 'stream', path, open: () => readPipe(path, walk.openMs) });
  else walk.documents.push({ kind: 'failed', path, error: noDocument(path) });
  return 'other';
}

async function addFolder(folder: string, ancestors: readonly string[], walk: Walk): Promise<void> {
  walk.signal?.throwIfAborted();
  let entries: Dirent[];
  let real: string;
  try {
    real = await realpath(folder);
    if (ancestors.includes(real)) return;
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    walk.documents.push({ kind: 'failed', path: folder, error: describeFailure(folder, error) });
    return;
  }
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const resolved = await Promise.all(shown.map((entry) => resolveEntry(folder, entry)));
  // With the separator behind the names of folders, walking in this order yields whole paths in code-point order.
  const sorted = resolved.sort((one, other) => compareCodePoints(one.sortKey, other.sortKey));
  for (const { path, name, kind } of sorted) {
    if (kind === 'folder') await addFolder(path, [...ancestors, real], walk);
    else if (kind === 'file' && !walk.exclude.has(join(real, name))) walk.documents.push({ kind, path });
  }
}

async function resolveEntry(folder: string, entry: Dirent) {
  const path = join(folder, entry.name);
  const kind = await kindOf(path, entry);
  return { path, name: entry.name, kind, sortKey: kind === 'folder' ? `${entry.name}/` : entry.name };
}

/** Devices, sockets and pipes in a folder are no documents; a link that leads nowhere is one that fails. */
async function kindOf(path: string, entry: Dirent): Promise<'file' | 'folder' | 'other'> {
  const target = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  if (target === undefined || target.isFile()) return 'file';
  return target.isDirectory() ? 'folder' : 'other';
}

async function realPathOf(path: string): Promise<string> {
  return await realpath(path).catch(() => resolve(path));
}

/** Some never end, some never begin. */
function noDocument(path: string): DocketError {
  const message = `${path} is a device or a socket; give a file, a folder or a pipe, or - for standard input`;
  return new DocketError('resource.unreadable', message);
}

function describeFailure(path: string, error: unknown): DocketError {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `there is no file or folder ${path}; check the path`;
    return new DocketError('resource.file_not_found', message, { cause: error });
  }
  return new DocketError('resource.unreadable', `${path} cannot be read (${code}); check its permissions`, {
    cause: error,
  });
}
