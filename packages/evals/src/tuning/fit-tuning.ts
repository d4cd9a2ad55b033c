import { fitRecalibration, logLoss } from './fit-recalibration.js';
import { fitFloor, fitLabelFloors, fitMargin } from './fit-thresholds.js';
import { groupFolds } from './group-folds.js';
import { addCounts, type Counts, countAnswers, type Objective } from './objective.js';
import { type Observation, recalibrateAll, type Tuning, withCalibration } from './tuning.js';

/** What can be fitted, in the order in which it is. */
export const TUNED_PARTS = ['calibration', 'floor', 'margin', 'thresholds'] as const;

/** One of {@link TUNED_PARTS}. */
export type TunedPart = (typeof TUNED_PARTS)[number];

/** What a tuning is fitted from. */
export interface FittingOptions {
  /** The engine's own floor and margin. */
  readonly start: Tuning;
  readonly objective: Objective;
  /** Most folds; there are never more than groups. */
  readonly folds: number;
}

/** A tuning, and the parts that were worth keeping. */
export interface FittedTuning {
  readonly tuning: Tuning;
  readonly kept: readonly TunedPart[];
}

/**
 * Fits part after part and keeps those that help documents they were not fitted on: by cross-validation, in which no group
 * is on both sides.
 */
export function fitTuning(observations: readonly Observation[], options: FittingOptions): FittedTuning {
  const folds = splitFolds(observations, options.folds);
  let kept: readonly TunedPart[] = [];
  let reached = judgeParts(folds, kept, options);
  for (const part of TUNED_PARTS) {
    const tried = judgeParts(folds, [...kept, part], options);
    const helps =
      part === 'calibration' ? tried.loss < reached.loss && tried.score >= reached.score : tried.score > reached.score;
    if (!helps) continue;
    kept = [...kept, part];
    reached = tried;
  }
  return { tuning: fitParts(observations, kept, options), kept };
}

/** Fits these parts, whether or not they help: the calibration first, by which the thresholds go. */
export function fitParts(
  observations: readonly Observation[],
  parts: readonly TunedPart[],
  { start, objective }: Pick<FittingOptions, 'start' | 'objective'>,
): Tuning {
  let tuning = parts.includes('calibration') ? withCalibration(start, fitRecalibration(observations)) : start;
  const seen = recalibrateAll(observations, tuning.calibration);
  if (parts.includes('floor')) tuning = fitFloor(seen, tuning, objective);
  if (parts.includes('margin')) tuning = fitMargin(seen, tuning, objective);
  if (parts.includes('thresholds')) tuning = fitLabelFloors(seen, tuning, objective);
  return tuning;
}

/** Folds of groups, as many as there are groups at most. */
export function splitFolds<Item extends { readonly group: string }>(items: readonly Item[], most: number): Item[][] {
  const groups = new Set(items.map(({ group }) => group)).size;
  return groupFolds(items, ({ group }) => group, Math.min(most, groups));
}

/** What parts that were fitted on the other folds make of each fold. */
function judgeParts(folds: readonly Observation[][], parts: readonly TunedPart[], options: FittingOptions) {
  let counts: Counts = { total: 0, right: 0, answered: 0, answeredRight: 0 };
  let loss = 0;
  for (const held of folds) {
    const training = folds.filter((fold) => fold !== held).flat();
    const tuning = fitParts(training, parts, options);
    counts = addCounts(counts, countAnswers(recalibrateAll(held, tuning.calibration), tuning));
    loss += held.length * logLoss(held, tuning.calibration);
  }
  return { score: options.objective(counts), loss };
}
