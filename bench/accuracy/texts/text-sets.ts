import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocumentRecord } from '@docket/core';
import { z } from 'zod';
import { detectLanguage } from '../../../packages/core/src/languages/detect-language.js';
import { makePage } from '../../../packages/core/src/pages/page.js';

const folder = fileURLToPath(new URL('../../../../shared/eval/texts/', import.meta.url));

/** The label of texts that belong to none of the rules. */
const OUT_OF_SCOPE = 'oos';

const metaSchema = z.array(z.object({ name: z.string(), labels: z.array(z.string()) }));
const textSchema = z.object({ text: z.string(), label: z.string() });

/** A public set of short labelled texts. */
export interface TextSet {
  readonly name: string;
  /** In the order of the set's description; none in a set of out-of-scope texts. */
  readonly labels: readonly string[];
}

/** A text of a set, as the scorers see it. */
export interface LabelledText {
  /** `<set>:<line>`. */
  readonly path: string;
  /** The right label; null: none of the rules. */
  readonly expected: string | null;
  readonly record: DocumentRecord;
}

/** Some texts of a set. */
export interface TextSample {
  readonly texts: readonly LabelledText[];
  /** Texts in the whole set. */
  readonly total: number;
}

/** Whether the text sets are here; they are not part of the project. */
export function textSetsExist(): boolean {
  return existsSync(join(folder, 'meta.json'));
}

/** Every text set that is here. */
export async function listTextSets(): Promise<TextSet[]> {
  const sets = metaSchema.parse(JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8')));
  return sets.map(({ name, labels }) => ({ name, labels: labels.filter((label) => label !== OUT_OF_SCOPE) }));
}

/**
 * Reads texts of a set, spread evenly over the file: the same ones each time.
 * @param most texts to read
 */
export async function loadTexts(name: string, most: number): Promise<TextSample> {
  const lines = (await readFile(join(folder, `${name}.jsonl`), 'utf8')).trimEnd().split('\n');
  const size = Math.min(most, lines.length);
  const numbers = Array.from({ length: size }, (_, index) => Math.floor((index * lines.length) / size));
  const texts = await Promise.all(
    numbers.map(async (number) => {
      const { text, label } = textSchema.parse(JSON.parse(lines[number] ?? ''));
      const expected = label === OUT_OF_SCOPE ? null : label;
      return { path: `${name}:${number + 1}`, expected, record: await recordOf(text) };
    }),
  );
  return { texts, total: lines.length };
}

/** A text as a plain-text file of one page. */
async function recordOf(text: string): Promise<DocumentRecord> {
  const page = makePage(1, { method: 'text', items: [{ text }] });
  return {
    format: 'txt',
    pageCount: 1,
    pages: [page],
    language: await detectLanguage([page]),
    readerIdentity: 'text-set',
  };
}
