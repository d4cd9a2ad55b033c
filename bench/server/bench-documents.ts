import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Rule } from '@docket/core';
import { evalFolder, loadEvalSet } from '../accuracy/eval-set.js';
import { fixturePaths } from '../speed/speed-documents.js';
import { distinctCopy } from './distinct-copy.js';

/** A document in memory. */
export interface BenchDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Documents as files, for the command. Disposing of it deletes them. */
export interface DocumentFolders extends AsyncDisposable {
  /** Holds everything below. */
  readonly folder: string;
  readonly rulesFile: string;
}

/**
 * Copies of every readable fixture, all of them different in content: no two share what a server keeps by content.
 * @param first Number of the first copy; copies of other numbers are different too
 */
export async function copiesOfFixtures(count: number, first = 0): Promise<BenchDocument[]> {
  const originals = await Promise.all(
    (await fixturePaths()).map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
  );
  return Array.from({ length: count }, (_, index) => first + index).flatMap((number) =>
    originals.map(({ name, bytes }) => copyOf(name, bytes, number)),
  );
}

/**
 * Copies of every labelled document that can be read, as users have them: a page or many, few of them plain text. All of
 * them are different in content.
 * @param first Number of the first copy; copies of other numbers are different too
 */
export async function copiesOfLabelled(
  count: number,
  first = 0,
): Promise<{ readonly documents: readonly BenchDocument[]; readonly rules: readonly Rule[] }> {
  const { documents, ruleSet } = await loadEvalSet(1);
  const paths = documents.map(({ path }) => join(evalFolder, 'documents', path));
  const copies = await Promise.all(paths.map((path) => copiesOf(path, count, first)));
  // Several have the same name in folders of their own. A folder in order of names is in this order too.
  const named = copies.flatMap((some, index) =>
    some.map(({ name, bytes }) => ({ name: `${String(index).padStart(5, '0')}-${name}`, bytes })),
  );
  return { documents: named, rules: ruleSet.rules };
}

/** Copies of one document, numbered and different in content like those of all fixtures. */
export async function copiesOf(path: string, count: number, first = 0): Promise<BenchDocument[]> {
  const bytes = await readFile(path);
  return Array.from({ length: count }, (_, index) => copyOf(basename(path), bytes, first + index));
}

/** Writes documents into folders, one for each key, together with rules. */
export async function writeFolders(
  folders: Readonly<Record<string, readonly BenchDocument[]>>,
  rules: readonly Rule[],
): Promise<DocumentFolders> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-documents-'));
  const rulesFile = join(folder, 'rules.json');
  await writeFile(rulesFile, JSON.stringify(rules));
  for (const [key, documents] of Object.entries(folders)) {
    await mkdir(join(folder, key));
    for (const { name, bytes } of documents) await writeFile(join(folder, key, name), bytes);
  }
  return { folder, rulesFile, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The number comes first, so that a folder in order of names mixes the formats. */
function copyOf(name: string, bytes: Uint8Array, number: number): BenchDocument {
  return { name: `${String(number).padStart(5, '0')}-${name}`, bytes: distinctCopy(bytes, number) };
}
