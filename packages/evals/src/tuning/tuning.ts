import { judge, type RankedLabel, type Recalibration, recalibrate, tuned } from '@docket/core';
import type { ClassifiedResult } from '../results/document-result.js';

/** What was fitted. Confidences are those after the calibration. */
export interface Tuning {
  readonly floor: number;
  readonly margin: number;
  readonly thresholds?: Readonly<Record<string, number>>;
  readonly calibration?: Recalibration;
}

/** What tuning needs of an answer: documents whose answer nobody has changed yet. */
export interface Observation {
  readonly expected: string | null;
  /** Never split between what is fitted and what is measured. */
  readonly group: string;
  /** The best labels with the engine's own confidences. */
  readonly ranking: readonly RankedLabel[];
}

/** The two labels that a decision looks at. */
const DECISIVE = 2;

/** A result as tuning sees it. A document without a group is one of its own. */
export function observe({ id, expected, group, ranking }: ClassifiedResult): Observation {
  return {
    expected,
    group: group === undefined ? `document ${id}` : `group ${group}`,
    ranking: ranking.slice(0, DECISIVE) as RankedLabel[],
  };
}

/** The same documents as a calibration shows them. */
export function recalibrateAll(
  observations: readonly Observation[],
  calibration: Recalibration | undefined,
): readonly Observation[] {
  if (!calibration) return observations;
  return observations.map((one) => ({ ...one, ranking: tuned(one.ranking, calibration) }));
}

/** A result as it would have been under a tuning. The words of its reasoning stay those of the engine. */
export function replay(result: ClassifiedResult, tuning: Tuning): ClassifiedResult {
  const ranking = tuned(result.ranking as readonly RankedLabel[], tuning.calibration);
  const { type, floor } = judge(ranking, tuning);
  const confidence = ranking[0]?.confidence ?? result.confidence;
  return { ...result, answered: type, confidence, ranking, floor, margin: tuning.margin };
}

/** Thresholds with four decimals, as they are written down. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** Puts a calibration in, and the floor where it means what it meant before: with as many decimals as confidences have. */
export function withCalibration(tuning: Tuning, calibration: Recalibration): Tuning {
  return { ...tuning, calibration, floor: Number(recalibrate(tuning.floor, calibration).toFixed(6)) };
}
