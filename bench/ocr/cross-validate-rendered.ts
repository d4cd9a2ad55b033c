import type { RuleSet } from '@docket/core';
import { groupFolds } from '@docket/evals';
import { textCertainty } from '../../packages/core/src/decision/text-certainty.js';
import type { CompiledKnowledge } from '../../packages/core/src/knowledge/compiled-knowledge.js';
import type { EvalDocument } from '../accuracy/eval-set.js';
import { fitEngine, fitLayout } from '../accuracy/fit-calibration.js';
import { Scoreboard } from '../accuracy/score-documents.js';
import type { RenderedDocument } from './rendered-set.js';

const FOLDS = 5;

/** What was answered for a document by an engine that was fitted on the texts of other sources. */
export interface HeldOutAnswer {
  readonly path: string;
  readonly group: string;
  /** `text`: as it came; otherwise what was done to it before OCR read it. */
  readonly kind: string;
  readonly expected: string | null;
  readonly first: string;
  readonly answered: string | null;
  /** As it is for text: nothing taken off for OCR. */
  readonly confidence: number;
  readonly floor: number;
  /** See `textCertainty`. */
  readonly certainty: number;
}

/** Answers, with and without mending of what OCR misread. */
export interface HeldOutAnswers {
  readonly mended: readonly HeldOutAnswer[];
  readonly unmended: readonly HeldOutAnswer[];
}

interface Options {
  readonly documents: readonly EvalDocument[];
  readonly rendered: readonly RenderedDocument[];
  readonly ruleSet: RuleSet;
  readonly knowledge: CompiledKnowledge;
}

/** Five folds that no source is on both sides of: fitted on texts, measured on texts and on what OCR read of the same documents. */
export async function crossValidateRendered(options: Options): Promise<HeldOutAnswers> {
  const { documents, rendered, ruleSet, knowledge } = options;
  const all = { rules: ruleSet.rules.map((_, index) => index) };
  const paths = new Set(rendered.map(({ path }) => path));
  const result = { mended: [] as HeldOutAnswer[], unmended: [] as HeldOutAnswer[] };
  for (const held of groupFolds(documents, (document) => document.sourceRepo, FOLDS)) {
    const training = documents.filter((document) => !held.includes(document));
    const choice = { scorer: 'auto', knowledge, layout: fitLayout(training), fusion: {} } as const;
    const fitted = fitEngine(await Scoreboard.score(training, ruleSet, choice), ruleSet.rules.length);
    const texts = held.filter(({ path }) => paths.has(path)).map((document) => ({ ...document, kind: 'text' }));
    const scans = rendered.filter(({ path }) => held.some((document) => document.path === path));
    for (const [name, cases] of [
      ['mended', [...texts, ...scans]],
      ['unmended', [...texts, ...scans].map(asText)],
    ] as const) {
      const board = await Scoreboard.score(cases, ruleSet, choice);
      board.documents.forEach((document, index) => {
        const { type, candidates, confidence, floor } = board.decide(document, all, fitted);
        const { path, expected, sourceRepo: group, kind, record } = [...texts, ...scans][index] as RenderedDocument;
        const first = candidates[0]?.type ?? '';
        const certainty = textCertainty(record.pages);
        result[name].push({ path, group, kind, expected, first, answered: type, confidence, floor, certainty });
      });
    }
  }
  return result;
}

/** As if the text had come with the document: nothing is mended. */
function asText(document: RenderedDocument): RenderedDocument {
  const pages = document.record.pages.map((page) => ({
    ...page,
    method: page.method === 'ocr' ? ('text' as const) : page.method,
  }));
  return { ...document, record: { ...document.record, pages } };
}
