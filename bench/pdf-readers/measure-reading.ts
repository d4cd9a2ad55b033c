import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PdfReaderName } from '@docket/core';
import { evalFolder } from '../accuracy/eval-set.js';
import { median } from '../speed/median-of.js';

const run = promisify(execFile);
const probe = fileURLToPath(new URL('./reader-probe.mjs', import.meta.url));

/** One page and characters of a document, blanks not counted. */
export interface TextAmount {
  readonly path: string;
  readonly pages: number;
  readonly characters: number;
}

/** What reading all documents takes and gives; medians over the rounds. */
export interface ReadingCost {
  readonly wallMs: number;
  readonly processorMs: number;
  readonly peakMb: number;
  readonly documents: readonly TextAmount[];
}

/** All labelled PDFs with a text layer. */
export async function textPdfs(): Promise<string[]> {
  const lines = (await readFile(join(evalFolder, 'documents/manifest.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { path: string; format: string; has_text_layer: boolean })
    .filter(({ format, has_text_layer }) => format === 'pdf' && has_text_layer)
    .map(({ path }) => join(evalFolder, 'documents', path));
}

/** Measures readers of PDF and `pdftotext` in turns: one process for a reader, one for each document of `pdftotext`. */
export async function measureReading(paths: readonly string[], rounds: number) {
  const runs: Record<PdfReaderName | 'pdftotext', ReadingCost[]> = { pdfjs: [], pdfium: [], pdftotext: [] };
  for (let round = 0; round < rounds; round++) {
    for (const reader of ['pdfjs', 'pdfium'] as const) runs[reader].push(await runProbe(reader, paths));
    runs.pdftotext.push(await runPdftotext(paths));
  }
  return { pdfjs: middle(runs.pdfjs), pdfium: middle(runs.pdfium), pdftotext: middle(runs.pdftotext) };
}

function middle(runs: readonly ReadingCost[]): ReadingCost {
  const of = (key: 'wallMs' | 'processorMs' | 'peakMb') => median(runs.map((one) => one[key]));
  const { documents = [] } = runs[0] ?? {};
  return { wallMs: of('wallMs'), processorMs: of('processorMs'), peakMb: of('peakMb'), documents };
}

async function runProbe(pdfReader: PdfReaderName, paths: readonly string[]): Promise<ReadingCost> {
  const { stdout } = await run(process.execPath, [probe, JSON.stringify({ pdfReader, paths })], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

async function runPdftotext(paths: readonly string[]): Promise<ReadingCost> {
  const started = performance.now();
  const documents: TextAmount[] = [];
  for (const path of paths) {
    const { stdout } = await run('pdftotext', [path, '-'], { maxBuffer: 256 * 1024 * 1024 });
    // A form feed ends each page.
    const pages = stdout.split('\f').length - 1;
    documents.push({ path, pages, characters: stdout.normalize('NFKC').replace(/\s/g, '').length });
  }
  return { wallMs: performance.now() - started, processorMs: Number.NaN, peakMb: Number.NaN, documents };
}
