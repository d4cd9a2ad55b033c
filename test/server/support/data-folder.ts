import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Paths of all files in a data folder, as seen from it. */
export function filesIn(dataFolder: string, folder = '.'): string[] {
  const start = join(dataFolder, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataFolder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The uploaded bytes that a data folder holds, those that are still coming in too. */
export function blobsIn(dataFolder: string): string[] {
  return filesIn(dataFolder, 'files');
}

/** Files of a data folder that hold some bytes; an ASCII text is looked for in any case, as UTF-8 and as UTF-16. */
export function findInFolder(dataFolder: string, sought: string | Buffer): string[] {
  return filesIn(dataFolder).filter((path) => {
    const bytes = readIfThere(join(dataFolder, path));
    if (typeof sought !== 'string') return bytes.includes(sought);
    // One character per byte, so that nothing is lost to decoding.
    const text = bytes.toString('latin1').toLowerCase();
    return [Buffer.from(sought.toLowerCase(), 'utf8'), Buffer.from(sought.toLowerCase(), 'utf16le')].some((form) =>
      text.includes(form.toString('latin1')),
    );
  });
}

/** A running server may take a file away at any moment. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
