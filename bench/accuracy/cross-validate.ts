import type { RuleSet } from '@docket/core';
import { groupFolds } from '@docket/evals';
import type { EngineCalibration } from '../../packages/core/src/decision/calibration.js';
import type { CompiledKnowledge } from '../../packages/core/src/knowledge/compiled-knowledge.js';
import type { ScorerName } from '../../packages/core/src/scoring/scorer-names.js';
import type { EvalDocument } from './eval-set.js';
import { fitEngine, fitLayout } from './fit-calibration.js';

import type { Answer } from './metrics.js';
import { type RuleSubset, Scoreboard } from './score-documents.js';

const FOLDS = 5;

/** What {@link crossValidate} measures. */
export interface CrossValidation {
  /** Under all rules. */
  readonly all: readonly Answer[];
  /** Under the few rules that were named. */
  readonly few: readonly Answer[];
  /** Under each of the other rule sets. */
  readonly others: readonly (readonly Answer[])[];
}

/** What is measured. */
export interface CrossValidationOptions {
  readonly documents: readonly EvalDocument[];
  readonly ruleSet: RuleSet;
  readonly scorer: ScorerName;
  readonly knowledge: CompiledKnowledge;
  /** Labels of a small rule set, measured beside the whole one. @default none */
  readonly few?: readonly string[];
  /** The same types in other words; what was fitted with the first rule set is used for them too. @default none */
  readonly others?: readonly RuleSet[];
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
  few = [],
  others = [],
}: CrossValidationOptions): Promise<CrossValidation> {
  const folds = groupFolds(documents, (document) => document.sourceRepo, FOLDS);
  const result = { all: [] as Answer[], few: [] as Answer[], others: others.map((): Answer[] => []) };
  for (const held of folds) {
    const training = documents.filter((document) => !held.includes(document));
    const choice = { scorer, knowledge, layout: fitLayout(training), fusion: {} };
    const fitted = fitEngine(await Scoreboard.score(training, ruleSet, choice), ruleSet.rules.length);
    const board = await Scoreboard.score(held, ruleSet, choice);
    const all = ruleSet.rules.map((_, index) => index);
    const named = all.filter((index) => few.includes(ruleSet.rules[index]?.type ?? ''));
    result.all.push(...answersOf(board, { rules: all }, fitted));
    if (named.length > 0) result.few.push(...answersOf(board, { rules: named }, fitted));
    for (const [index, other] of others.entries()) {
      const otherBoard = await Scoreboard.score(held, other, choice);
      result.others[index]?.push(...answersOf(otherBoard, { rules: other.rules.map((_, rule) => rule) }, fitted));
    }
  }
  return result;
}

function answersOf(board: Scoreboard, subset: RuleSubset, fitted: EngineCalibration): Answer[] {
  const labels = board.labelsOf(subset);
  return board.documents.map((document) => {
    const { type, candidates, confidence } = board.decide(document, subset, fitted);
    const expected = document.expected !== null && labels.includes(document.expected) ? document.expected : null;
    return { path: document.path, expected, first: candidates[0]?.type ?? '', answered: type, confidence };
  });
}
