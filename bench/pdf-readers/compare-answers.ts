import { loadEngine, type PdfReaderName } from '@docket/core';
import { classifyRecord } from '../../packages/core/src/classify.js';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { loadEvalSet } from '../accuracy/eval-set.js';

/** What Docket answers about a labelled document. */
export interface ReaderAnswer {
  readonly path: string;
  readonly expected: string | null;
  /** First of the ranking, whatever the floor. */
  readonly first: string | null;
  readonly answered: string | null;
  readonly confidence: number;
}

/** Classifies the labelled documents as users do, with the calibration that is shipped, reading PDF with one reader. */
export async function answersWith(pdfReader: PdfReaderName) {
  const { documents, unread, ruleSet } = await loadEvalSet(DEFAULT_MAX_PAGES, pdfReader);
  const engine = await loadEngine();
  const answers: ReaderAnswer[] = [];
  for (const { path, expected, record } of documents) {
    const { type, confidence, ranking } = await classifyRecord({ document: record, ruleSet, engine });
    answers.push({ path, expected, first: ranking[0]?.type ?? null, answered: type, confidence });
  }
  return { answers, unread, documents, ruleSet };
}
