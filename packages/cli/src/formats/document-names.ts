import { isAbsolute, posix, relative, sep } from 'node:path';

/** What documents are called in a table. */
export interface DocumentNames {
  /** Folder that all stand in, with a separator behind it; absent when the names are whole paths. */
  readonly folder?: string;
  readonly names: readonly string[];
}

/**
 * Shortens paths for a table: as seen from the current folder, and, where that is still longer than `mostCharacters`,
 * without the folder that all of them stand in.
 */
export function shortenPaths(paths: readonly string[], mostCharacters: number): DocumentNames {
  const names = paths.map(fromCurrentFolder);
  if (names.every((name) => name.length <= mostCharacters)) return { names };
  const folder = names.map(folderOf).reduce(commonFolder);
  return folder === '' ? { names } : { folder, names: names.map((name) => name.slice(folder.length)) };
}

function fromCurrentFolder(path: string): string {
  if (!isAbsolute(path)) return path;
  const short = relative('.', path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf(sep), path.lastIndexOf(posix.sep)) + 1);
}

function commonFolder(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return folderOf(one.slice(0, length));
}
