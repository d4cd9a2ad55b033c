import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DocketError } from '@docket/core';

const example = fileURLToPath(new URL('../../example/', import.meta.url));

/**
 * Writes an example: the same documents as a folder, as JSONL and as CSV, rules for them, and what to do next.
 * @returns What was written, below the folder
 * @throws DocketError `state.name_taken` when something that would be written is there already
 */
export async function writeExample(folder: string): Promise<readonly string[]> {
  const taken = new Set(await readdir(folder).catch(() => []));
  const names = await readdir(example);
  const inTheWay = names.find((name) => taken.has(name));
  if (inTheWay !== undefined) {
    const message = `${join(folder, inTheWay)} is there already; name another folder, nothing is overwritten`;
    throw new DocketError('state.name_taken', message);
  }
  await mkdir(folder, { recursive: true });
  await cp(example, folder, { recursive: true, force: false, errorOnExist: true });
  const entries = await readdir(example, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(example.length));
}
