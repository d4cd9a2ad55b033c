import type { RuleSet } from '@docket/core';
import { groupFolds } from '@docket/evals';
import type { CompiledKnowledge } from '../../packages/core/src/knowledge/compiled-knowledge.js';
import type { ScorerName } from '../../packages/core/src/scoring/scorer-names.js';
import type { EvalDocument } from './eval-set.js';
import { fitEngine, fitLayout } from './fit-calibration.js';

import type { Answer } from './metrics.js';
import { Scoreboard } from './score-documents.js';

const FOLDS = 5;

/** What {@link crossValidate} measures. */
export interface CrossValidation {
  /** Under all rules. */
  readonly all: readonly Answer[];
  /** Under the few rules that were named. */
  readonly few: readonly Answer[];
}

/** What is measured. */
export interface CrossValidationOptions {
  readonly documents: readonly EvalDocument[];
  readonly ruleSet: RuleSet;
  readonly scorer: ScorerName;
  readonly knowledge: CompiledKnowledge;
  /** Labels of a small rule set, measured beside the whole one. */
  readonly few: readonly string[];
}

/**
 * Answers for every document by an engine that was fitted on the documents of other sources: five folds, none of which
 * shares a source repository with another.
 */
export async function crossValidate({
  documents,
  ruleSet,
  scorer,
  knowledge,
  few,
}: CrossValidationOptions): Promise<CrossValidation> {
  const folds = groupFolds(documents, (document) => document.sourceRepo, FOLDS);
  const result = { all: [] as Answer[], few: [] as Answer[] };
  for (const held of folds) {
    const training = documents.filter((document) => !held.includes(document));
    const layout = fitLayout(training);
    const choice = { scorer, knowledge, layout, fusion: {} };
    const fitted = fitEngine(await Scoreboard.score(training, ruleSet, choice), ruleSet.rules.length);
    const board = await Scoreboard.score(held, ruleSet, choice);
    const whole = { rules: ruleSet.rules.map((_, index) => index) };
    const part = { rules: ruleSet.rules.flatMap(({ type }, index) => (few.includes(type) ? index : [])) };
    for (const document of board.documents) {
      for (const [subset, answers] of [
        [whole, result.all],
        [part, result.few],
      ] as const) {
        const { type, candidates, confidence } = board.decide(document, subset, fitted);
        const known = document.expected !== null && board.labelsOf(subset).includes(document.expected);
        const expected = known ? document.expected : null;
        answers.push({ path: document.path, expected, first: candidates[0]?.type ?? '', answered: type, confidence });
      }
    }
  }
  return result;
}
