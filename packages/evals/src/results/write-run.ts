import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '@docket/core';
import { writeHtml } from '../report/write-html.js';
import { writeJunit } from '../report/write-junit.js';
import { writeMarkdown } from '../report/write-markdown.js';
import type { DocumentResult } from './document-result.js';
import { RUN_FILES } from './run-files.js';
import type { BenchRun } from './run-summary.js';

/** Writes a run into a folder, each file whole or not at all, the summary last. */
export async function writeRun(run: BenchRun<DocumentResult>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replaceFile(
    join(folder, RUN_FILES.results),
    run.results.map((result) => `${JSON.stringify(result)}\n`).join(''),
  );
  await replaceFile(join(folder, RUN_FILES.markdown), writeMarkdown(run));
  await replaceFile(join(folder, RUN_FILES.junit), writeJunit(run));
  await replaceFile(join(folder, RUN_FILES.html), writeHtml(run));
  await replaceFile(join(folder, RUN_FILES.summary), `${JSON.stringify(run.summary, null, 2)}\n`);
}
