import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detectLanguage } from '../../packages/core/src/languages/detect-language.js';
import type { Page } from '../../packages/core/src/pages/page.js';
import type { EvalDocument } from '../accuracy/eval-set.js';

/** A labelled document with text that was rendered, damaged and read by OCR. */
export interface RenderedDocument extends EvalDocument {
  /** What was done to it: see `DAMAGES`. */
  readonly kind: string;
}

/** What is written down of one. */
export interface RenderedLine {
  readonly path: string;
  readonly kind: string;
  readonly pages: readonly Page[];
}

/** Takes what `make-rendered.ts` wrote into a folder; documents of which nothing was read are left out. */
export async function loadRendered(
  folder: string,
  documents: readonly EvalDocument[],
): Promise<readonly RenderedDocument[]> {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.flatMap((text) => text.split('\n').filter(Boolean));
  const rendered: RenderedDocument[] = [];
  for (const line of lines) {
    const { path, kind, pages } = JSON.parse(line) as RenderedLine;
    const document = byPath.get(path);
    if (!document || pages.every(({ text }) => text === '')) continue;
    // What a scan does not have: a title of its own.
    const { title: _, ...record } = document.record;
    rendered.push({ ...document, kind, record: { ...record, pages, language: await detectLanguage(pages) } });
  }
  return rendered;
}
