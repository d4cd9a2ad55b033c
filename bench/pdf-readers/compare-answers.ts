import { loadEngine, type PdfReaderName } from '@docket/core';
import { compiledKnowledgeFile } from '@docket/models';
import { classifyRecord } from '../../packages/core/src/classify.js';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { loadKnowledge } from '../../packages/core/src/knowledge/load-knowledge.js';
import { crossValidate } from '../accuracy/cross-validate.js';
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

/** Answers about the labelled documents. */
export interface ReaderAnswers {
  /** With the calibration that is shipped, as users get them. */
  readonly shipped: readonly ReaderAnswer[];
  /** Five-fold, everything fitted on the text of the same reader. */
  readonly fitted: readonly ReaderAnswer[];
}

/** Classifies the labelled documents, reading PDF with one reader. */
export async function answersOf(pdfReader: PdfReaderName): Promise<ReaderAnswers> {
  const { documents, ruleSet } = await loadEvalSet(DEFAULT_MAX_PAGES, pdfReader);
  const engine = await loadEngine();
  const shipped: ReaderAnswer[] = [];
  for (const { path, expected, record } of documents) {
    const { type, confidence, ranking } = await classifyRecord({ document: record, ruleSet, engine });
    shipped.push({ path, expected, first: ranking[0]?.type ?? null, answered: type, confidence });
  }
  const knowledge = await loadKnowledge({ compiledFile: compiledKnowledgeFile });
  const { all } = await crossValidate({ documents, ruleSet, scorer: 'auto', knowledge });
  return { shipped, fitted: all };
}
