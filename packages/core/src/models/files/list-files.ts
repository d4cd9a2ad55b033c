import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What lies in a folder, as relative paths with `/`, sorted. */
export interface FolderListing {
  /** Ordinary files. */
  readonly files: readonly string[];
  /** Folders, the innermost last. */
  readonly folders: readonly string[];
  /** Links, sockets and the like. */
  readonly others: readonly string[];
}

/** Lists a folder and those below it; follows no links. */
export async function listFiles(folder: string): Promise<FolderListing> {
  const files: string[] = [];
  const folders: string[] = [];
  const others: string[] = [];
  const walk = async (path: string) => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(below);
        await walk(below);
      } else (entry.isFile() ? files : others).push(below);
    }
  };
  await walk('');
  return { files: files.sort(), folders, others: others.sort() };
}
