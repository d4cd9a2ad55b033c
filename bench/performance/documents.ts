import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { evalFolder } from '../accuracy/eval-set.js';
import { fixturePaths } from '../speed/speed-documents.js';

/** Documents on the disk, and what they are. */
export interface DocumentSet {
  readonly paths: readonly string[];
  /** For a report; never names a file. */
  readonly what: string;
}

const entrySchema = z.object({ path: z.string(), format: z.string(), has_text_layer: z.boolean() });

/** The labelled PDFs with a text layer or, where these are not here, the PDFs among the fixtures. */
export async function textPdfs(): Promise<DocumentSet> {
  const labelled = await labelledPaths((format) => format === 'pdf');
  if (labelled) return { paths: labelled, what: `the ${labelled.length} labelled PDFs with a text layer` };
  const paths = (await fixturePaths()).filter((path) => path.endsWith('.pdf'));
  return { paths, what: `the ${paths.length} PDFs of the fixtures` };
}

/** The labelled documents with text, of all formats, or the readable fixtures. */
export async function textDocuments(): Promise<DocumentSet> {
  const labelled = await labelledPaths(() => true);
  if (labelled) return { paths: labelled, what: `the ${labelled.length} labelled documents with text, of all formats` };
  const paths = await fixturePaths();
  return { paths, what: `the ${paths.length} readable fixtures` };
}

async function labelledPaths(isWanted: (format: string) => boolean): Promise<string[] | undefined> {
  const manifest = join(evalFolder, 'documents/manifest.jsonl');
  if (!existsSync(manifest)) return undefined;
  const lines = (await readFile(manifest, 'utf8')).trim().split('\n');
  const entries = lines.map((line) => entrySchema.parse(JSON.parse(line)));
  return entries
    .filter(({ format, has_text_layer: hasText }) => hasText && isWanted(format))
    .map(({ path }) => join(evalFolder, 'documents', path));
}
