import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classifyDocument, parseRuleSet, toDocketError } from '@docket/core';
import { z } from 'zod';
import { evalFolder } from '../accuracy/eval-set.js';

const entrySchema = z.object({
  path: z.string(),
  expected: z.string().nullable(),
  format: z.string(),
  has_text_layer: z.boolean().nullish(),
});

const PICTURES: ReadonlySet<string> = new Set(['png', 'jpg', 'jpeg', 'tif', 'tiff', 'webp', 'gif', 'bmp']);

/** What became of a document without text. */
export interface ScanResult {
  readonly format: string;
  readonly expected: string | null;
  readonly answered: string | null;
  /** The best label, good enough or not; undefined when the document failed. */
  readonly best: string | undefined;
  readonly confidence: number;
  /** Of OCR on the pages that it read, the mean, 0 to 100; undefined when it read none. */
  readonly ocr: number | undefined;
  readonly pagesByOcr: number;
  readonly ms: number;
  /** Code of the error of a document that failed. */
  readonly code?: string;
}

/** Classifies the labelled documents that have no text, by all rules at once, one after the other. */
export async function measureScans(): Promise<readonly ScanResult[]> {
  const lines = (await readFile(join(evalFolder, 'documents/manifest.jsonl'), 'utf8')).trim().split('\n');
  const { rules } = parseRuleSet(JSON.parse(await readFile(join(evalFolder, 'rules.json'), 'utf8')));
  const entries = lines.map((line) => entrySchema.parse(JSON.parse(line)));
  const results: ScanResult[] = [];
  for (const { path, expected, format, has_text_layer } of entries) {
    if (has_text_layer !== false && !PICTURES.has(format)) continue;
    results.push({ format, expected, ...(await classify(join(evalFolder, 'documents', path), rules)) });
  }
  return results;
}

type Answer = Omit<ScanResult, 'format' | 'expected'>;

async function classify(document: string, rules: Parameters<typeof classifyDocument>[0]['rules']): Promise<Answer> {
  const started = performance.now();
  try {
    const { type, confidence, ranking, explanation } = await classifyDocument({ document, rules, explain: true });
    const pages = explanation?.ocr ?? [];
    const sum = pages.reduce((total, page) => total + page.confidence, 0);
    const ocr = pages.length > 0 ? sum / pages.length : undefined;
    const ms = performance.now() - started;
    return { answered: type, best: ranking[0]?.type, confidence, ocr, pagesByOcr: pages.length, ms };
  } catch (error) {
    const { code } = toDocketError(error);
    const ms = performance.now() - started;
    return { answered: null, best: undefined, confidence: 0, ocr: undefined, pagesByOcr: 0, ms, code };
  }
}
