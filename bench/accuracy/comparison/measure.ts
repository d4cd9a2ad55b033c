import type { Engine, RuleSet } from '@docket/core';
import { groupFolds } from '@docket/evals';
import { decide } from '../../../packages/core/src/decision/decide.js';
import { fuseScores } from '../../../packages/core/src/decision/fuse-scores.js';
import type { EvalDocument } from '../eval-set.js';
import { fitEngine } from '../fit-calibration.js';
import { Scoreboard } from '../score-documents.js';
import type { LabelledText } from '../texts/text-sets.js';
import { type Outcome, outcomeOf } from './outcome.js';

const FOLDS = 5;

/** Outcomes of documents by fusion, confidence and floor that were fitted on documents of other sources: five folds. */
export async function measureDocuments(
  documents: readonly EvalDocument[],
  ruleSet: RuleSet,
  engine: Engine,
): Promise<Outcome[]> {
  const board = await Scoreboard.ofEngine(documents, ruleSet, engine);
  const all = { rules: ruleSet.rules.map((_, index) => index) };
  return groupFolds(board.documents, (document) => document.sourceRepo, FOLDS).flatMap((held) => {
    const training = board.documents.filter((document) => !held.includes(document));
    const fitted = fitEngine(board.only(training), ruleSet.rules.length);
    return held.map((document) => outcomeOf(board.decide(document, all, fitted), document.expected));
  });
}

/** Outcomes of texts by the calibration that the engine comes with, which no text took part in. */
export async function measureTexts(
  texts: readonly LabelledText[],
  { rules, identity }: RuleSet,
  engine: Engine,
): Promise<Outcome[]> {
  const { calibration } = engine;
  const { askedFor, score } = await engine.prepare({ rules, identity });
  const outcomes: Outcome[] = [];
  for (const { record, expected } of texts) {
    const sheet = fuseScores(await score(record), calibration.fusion);
    outcomes.push(outcomeOf(decide({ rules, sheet, askedFor, calibration }), expected));
  }
  return outcomes;
}
