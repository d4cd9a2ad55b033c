import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { DatasetItem, DatasetProblem } from './dataset.js';

/** The folder of the documents that no rule should match. */
export const NULL_LABEL = '_none';

/** The documents below the sub-folders of a folder, whose names are the types. What begins with a dot is skipped. */
export async function walkTypeFolders(
  folder: string,
): Promise<{ readonly items: readonly DatasetItem[]; readonly problems: readonly DatasetProblem[] }> {
  const items: DatasetItem[] = [];
  const problems: DatasetProblem[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const files = await filesBelow(join(folder, entry.name));
    if (files.length === 0) {
      const message = 'there is no document in the folder; put some there or delete it';
      problems.push({ kind: 'empty_folder', place: `${entry.name}/`, message });
    }
    for (const path of files) {
      const id = relative(folder, path).split(sep).join('/');
      items.push({ id, source: { path }, expected: entry.name === NULL_LABEL ? null : entry.name, tags: [] });
    }
  }
  items.sort((one, other) => Buffer.compare(Buffer.from(one.id), Buffer.from(other.id)));
  problems.sort((one, other) => (one.place < other.place ? -1 : 1));
  return { items, problems };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return await filesBelow(path);
      // What a link leads to counts; where it leads to a folder, that is left alone: it may lead around in a circle.
      return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}
