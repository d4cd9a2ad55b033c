import { DocketError } from '@docket/core';
import type { ClassifiedResult, DocumentResult } from '../results/document-result.js';
import { logLoss } from './fit-recalibration.js';
import { type FittingOptions, fitParts, fitTuning, splitFolds, type TunedPart } from './fit-tuning.js';
import { accuracy, addCounts, countAnswers, labelledAtPrecision, type Objective } from './objective.js';
import { type Observation, observe, recalibrateAll, replay, type Tuning } from './tuning.js';

/** What {@link tuneRules} is given. */
export interface TuneOptions {
  /** Precision that labels must reach; without it the share of right answers counts, null included. */
  readonly targetPrecision?: number | undefined;
}

/** What tuning came to. */
export interface TuningOutcome {
  /** Undefined when nothing helped, or nothing reached the precision. */
  readonly tuning: Tuning | undefined;
  readonly kept: readonly TunedPart[];
  readonly documents: number;
  readonly groups: number;
  readonly folds: number;
  /** Whether the labels reach the precision on documents that were not fitted; true where none was asked for. */
  readonly reachesTarget: boolean;
  /** Answers of the engine as it is, and of tunings that were fitted on the other folds. In the same order. */
  readonly before: readonly ClassifiedResult[];
  readonly after: readonly ClassifiedResult[];
}

const FOLDS = 5;

/** Below these, every figure would be chance. */
const FEWEST_DOCUMENTS = 10;
const FEWEST_GROUPS = 3;

interface Item extends Observation {
  readonly result: ClassifiedResult;
}

/**
 * Fits what decides over documents to labelled ones, and measures it on documents that it was not fitted on: the choice of
 * what to keep is made anew for every fold, without it. What does not help there is not kept.
 * @param results Answers without a tuning
 * @throws DocketError `request.invalid_input` for too few documents
 */
export function tuneRules(results: readonly DocumentResult[], { targetPrecision }: TuneOptions = {}): TuningOutcome {
  const classified = results.filter((result): result is ClassifiedResult => result.status === 'classified');
  const items = classified.map((result): Item => ({ ...observe(result), result }));
  const groups = new Set(items.map(({ group }) => group)).size;
  assertEnough(items.length, groups);
  const [{ floor, margin }] = classified as [ClassifiedResult, ...ClassifiedResult[]];
  const objective = targetPrecision === undefined ? accuracy : labelledAtPrecision(targetPrecision);
  const options: FittingOptions = { start: { floor, margin }, objective, folds: FOLDS };
  const whole: Procedure = (training) => fitTuning(training, options);
  const calibrationAlone: Procedure = (training) => {
    return { tuning: fitParts(training, ['calibration'], options), kept: ['calibration'] };
  };
  const counted = { documents: items.length, groups, folds: Math.min(FOLDS, groups), before: classified };
  for (const procedure of targetPrecision === undefined ? [whole, calibrationAlone] : [whole]) {
    const held = crossValidate(items, procedure);
    if (!helps(items, held, options)) continue;
    const { tuning, kept } = procedure(items);
    // Fitted on all, it may still keep nothing, or find no precision that can be vouched for.
    if (kept.length === 0 || scoreOf(allUnder(tuning, items), objective).score <= 0) continue;
    const after = inOrder(classified, held);
    return { ...counted, tuning, kept, after, reachesTarget: precisionOf(after) >= (targetPrecision ?? 0) };
  }
  const reachesTarget = targetPrecision === undefined;
  return { ...counted, tuning: undefined, kept: [], after: classified, reachesTarget };
}

type Procedure = (training: readonly Observation[]) => { readonly tuning: Tuning; readonly kept: readonly TunedPart[] };

/** A document, and the tuning that it is answered under. */
interface Held {
  readonly item: Item;
  readonly tuning: Tuning;
}

function allUnder(tuning: Tuning, items: readonly Item[]): Held[] {
  return items.map((item) => ({ item, tuning }));
}

function crossValidate(items: readonly Item[], procedure: Procedure): Held[] {
  const folds = splitFolds(items, FOLDS);
  return folds.flatMap((held) => {
    const { tuning } = procedure(folds.filter((fold) => fold !== held).flat());
    return allUnder(tuning, held);
  });
}

/** Whether more documents come out right, or as many with confidences that promise better. */
function helps(items: readonly Item[], held: readonly Held[], { start, objective }: FittingOptions): boolean {
  const [before, after] = [scoreOf(allUnder(start, items), objective), scoreOf(held, objective)];
  return after.score > before.score || (after.score === before.score && after.loss < before.loss);
}

function scoreOf(held: readonly Held[], objective: Objective) {
  const counts = held.map(({ item, tuning }) => countAnswers(recalibrateAll([item], tuning.calibration), tuning));
  const losses = held.map(({ item, tuning }) => logLoss([item], tuning.calibration));
  return { score: objective(counts.reduce(addCounts)), loss: losses.reduce((sum, loss) => sum + loss, 0) };
}

function precisionOf(results: readonly ClassifiedResult[]): number {
  const labelled = results.filter(({ answered }) => answered !== null);
  return labelled.filter(({ answered, expected }) => answered === expected).length / Math.max(1, labelled.length);
}

function inOrder(results: readonly ClassifiedResult[], held: readonly Held[]): ClassifiedResult[] {
  const tunings = new Map(held.map(({ item, tuning }) => [item.result, tuning]));
  return results.map((result) => {
    const tuning = tunings.get(result);
    return tuning ? replay(result, tuning) : result;
  });
}

function assertEnough(documents: number, groups: number): void {
  if (documents >= FEWEST_DOCUMENTS && groups >= FEWEST_GROUPS) return;
  const has = `${documents} classified documents in ${groups} groups`;
  const message = `${has} are too few to tune on: it takes ${FEWEST_DOCUMENTS} in ${FEWEST_GROUPS}, and says something from a hundred`;
  throw new DocketError('request.invalid_input', message, { data: { documents, groups } });
}
