import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeHtml } from '../report/write-html.js';
import { writeJunit } from '../report/write-junit.js';
import { writeMarkdown } from '../report/write-markdown.js';
import type { DocumentResult } from './document-result.js';
import { RUN_FILES } from './run-files.js';
import type { BenchRun } from './run-summary.js';

/** Writes a run into a folder, each file whole or not at all, the summary last. */
export async function writeRun(run: BenchRun<DocumentResult>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWhole(
    join(folder, RUN_FILES.results),
    run.results.map((result) => `${JSON.stringify(result)}\n`).join(''),
  );
  await writeWhole(join(folder, RUN_FILES.markdown), writeMarkdown(run));
  await writeWhole(join(folder, RUN_FILES.junit), writeJunit(run));
  await writeWhole(join(folder, RUN_FILES.html), writeHtml(run));
  await writeWhole(join(folder, RUN_FILES.summary), `${JSON.stringify(run.summary, null, 2)}\n`);
}

/** Replaces a file when all of its new text is written. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
