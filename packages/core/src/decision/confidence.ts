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

/**
 * Scores grow with the length of a document; their logarithm says how many times more speaks for one than for another.
 * `lead`: over the best of what else it could be, the background or a rule that is not better; `behind`: how much better
 * another rule is, 0 or less.
 */
export function transformFeatures({ score, rival = 0, background = 0 }: ConfidenceFeatures) {
  const [own, other, unasked] = [compress(score), compress(rival), compress(background)];
  return { score: own, lead: own - Math.max(Math.min(own, other), unasked), behind: Math.min(0, own - other) };
}

/** Logistic calibration (Platt, 1999) over the score and its lead: rises with each of them. */
export function confidenceOf(features: ConfidenceFeatures, coefficients: ConfidenceCoefficients): Confidence {
  const seen = transformFeatures(features);
  const { bias, score, lead, behind } = coefficients;
  const sum = bias + score * seen.score + lead * seen.lead + behind * seen.behind;
  return (1 / (1 + Math.exp(-sum))) as Confidence;
}

/** Takes a number of the caller's, such as a floor in a rule file, for a confidence. */
export function asConfidence(value: number): Confidence {
  return value as Confidence;
}

function compress(score: number): number {
  return Math.sign(score) * Math.log1p(Math.abs(score));
}
