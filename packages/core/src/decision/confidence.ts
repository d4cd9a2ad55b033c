import type { ConfidenceCoefficients } from './calibration.js';

declare const confidenceBrand: unique symbol;

/** A calibrated probability that a label is right, 0 to 1. The only number that a threshold may read. */
export type Confidence = number & { readonly [confidenceBrand]: true };

/** What the confidence in a label depends on: fused scores, not raw ones of a single scorer. */
export interface ConfidenceFeatures {
  readonly score: number;
  /** Best score of a rule for another label; absent when there is none. */
  readonly rival: number | undefined;
  /** Best score of a document type that no rule asks for; absent when nothing is known. */
  readonly background: number | undefined;
}

/** Scores grow with the length of a document; their logarithm says how many times more speaks for one than for another. */
export function transformFeatures({ score, rival, background }: ConfidenceFeatures) {
  const own = compress(score);
  const lead = own - compress(rival ?? 0);
  return {
    score: own,
    lead: Math.max(0, lead),
    behind: Math.min(0, lead),
    background: own - compress(background ?? 0),
  };
}

/** Logistic calibration (Platt, 1999) over the score and its leads: rises with each of them. */
export function confidenceOf(features: ConfidenceFeatures, coefficients: ConfidenceCoefficients): Confidence {
  const seen = transformFeatures(features);
  const { bias, score, lead, behind, background } = coefficients;
  const sum = bias + score * seen.score + lead * seen.lead + behind * seen.behind + background * seen.background;
  return (1 / (1 + Math.exp(-sum))) as Confidence;
}

/** Takes a number of the caller's, such as a floor in a rule file, for a confidence. */
export function asConfidence(value: number): Confidence {
  return value as Confidence;
}

function compress(score: number): number {
  return Math.sign(score) * Math.log1p(Math.abs(score));
}
