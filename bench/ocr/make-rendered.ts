import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { releaseOcrEngines } from '../../packages/core/src/documents/ocr/load-ocr-engine.js';
import { evalFolder } from '../accuracy/eval-set.js';
import { DAMAGES } from './degrade.js';
import { readRendered } from './read-rendered.js';

const entrySchema = z.object({
  path: z.string(),
  format: z.string(),
  has_text_layer: z.boolean().nullish(),
  lang: z.string(),
});

/** Scripts that the English data cannot read. */
const UNREADABLE: ReadonlySet<string> = new Set(['ar', 'zh']);

/**
 * Renders, damages and reads the labelled PDFs with text: an hour on one core. Goes on where it was stopped; several processes
 * share the work. Run: `pnpm --filter @docket/bench ocr:rendered FOLDER [PART/PARTS]`.
 */
async function main(folder = '', share = '0/1'): Promise<void> {
  const [part = 0, parts = 1] = share.split('/').map(Number);
  mkdirSync(folder, { recursive: true });
  const lines = (await readFile(join(evalFolder, 'documents/manifest.jsonl'), 'utf8')).trim().split('\n');
  const entries = lines.map((line) => entrySchema.parse(JSON.parse(line)));
  const wanted = entries.filter(
    ({ format, has_text_layer, lang }) => format === 'pdf' && has_text_layer === true && !UNREADABLE.has(lang),
  );
  const file = join(folder, `${part}-of-${parts}.jsonl`);
  const done = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const before = new Set(done.filter(Boolean).map((line) => keyOf(JSON.parse(line) as Rendered)));
  const kinds = Object.keys(DAMAGES);
  // Each round has every document once and every kind equally often: stopped at any time, what is there is a fair sample.
  for (let round = 0; round < kinds.length; round++) {
    for (const [index, { path }] of wanted.entries()) {
      const kind = kinds[(index + round) % kinds.length] as string;
      if (index % parts !== part || before.has(keyOf({ path, kind }))) continue;
      const pages = await readRendered(join(evalFolder, 'documents', path), kind);
      appendFileSync(file, `${JSON.stringify({ path, kind, pages })}\n`);
    }
  }
  await releaseOcrEngines();
}

interface Rendered {
  readonly path: string;
  readonly kind: string;
}

function keyOf({ path, kind }: Rendered): string {
  return `${kind} ${path}`;
}

await main(...process.argv.slice(2));
