import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { doctypesFolder } from '@docket/models';

/** A text with the ids that Hugging Face's `tokenizers` 0.23.2 (Rust) gives for it, unknown and padding ones left out. */
export interface OddText {
  readonly text: string;
  readonly ids: readonly number[];
}

/** Beside the project, on some machines. */
const SHARED = fileURLToPath(new URL('../../../../../../../shared/', import.meta.url));

/** Texts with all that Unicode has, and their ids by the tokeniser of `models/static-en`. */
export async function readOddTexts(): Promise<readonly OddText[]> {
  return parseLines(await readFile(new URL('./odd-texts.jsonl', import.meta.url), 'utf8'));
}

/** The samples of document types, and texts of the evaluation sets where they are at hand. */
export async function readRealTexts(ofEachSet: number): Promise<readonly string[]> {
  const folder = sharedFile('eval/texts');
  const sets = folder === undefined ? [] : await readFolder(folder, '.jsonl');
  const labelled = sets.flatMap((set) => parseLines<{ readonly text: string }>(set).slice(0, ofEachSet));
  return [...(await readFolder(join(doctypesFolder, 'samples'), '.txt')), ...labelled.map(({ text }) => text)];
}

/** The path of something in the folder beside the project; undefined where it is not. */
export function sharedFile(path: string): string | undefined {
  const file = join(SHARED, path);
  return existsSync(file) ? file : undefined;
}

async function readFolder(folder: string, extension: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(extension));
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
}

function parseLines<Line>(content: string): Line[] {
  return content
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}
