import { logitOf, type Recalibration, recalibrate } from '@docket/core';
import type { Observation } from './tuning.js';

/** How much the fit is drawn to leaving confidences as they are: as much as about so many documents say. */
const PRIOR = 2;

const MOST_STEPS = 50;
const CONVERGED = 1e-9;

/** Slopes beyond these come from too few documents. */
const SLOPES = { least: 0.2, most: 5 };

/**
 * Fits Platt's calibration (1999) of the best label's confidence by Newton's method, drawn to slope 1 and intercept 0, and
 * never against the order of confidences.
 */
export function fitRecalibration(observations: readonly Observation[]): Recalibration {
  const samples = observations.map((one) => ({ logit: logitOf(confidenceOf(one)), right: isRight(one) ? 1 : 0 }));
  let [slope, intercept] = [1, 0];
  for (let step = 0; step < MOST_STEPS; step++) {
    let [gradientSlope, gradientIntercept] = [PRIOR * (slope - 1), PRIOR * intercept];
    let [ss, si, ii] = [PRIOR, 0, PRIOR];
    for (const { logit, right } of samples) {
      const promised = 1 / (1 + Math.exp(-(slope * logit + intercept)));
      const weight = promised * (1 - promised);
      gradientSlope += (promised - right) * logit;
      gradientIntercept += promised - right;
      ss += weight * logit * logit;
      si += weight * logit;
      ii += weight;
    }
    const determinant = ss * ii - si * si;
    const [moveSlope, moveIntercept] = [
      (ii * gradientSlope - si * gradientIntercept) / determinant,
      (ss * gradientIntercept - si * gradientSlope) / determinant,
    ];
    slope = Math.min(SLOPES.most, Math.max(SLOPES.least, slope - moveSlope));
    intercept -= moveIntercept;
    if (Math.abs(moveSlope) + Math.abs(moveIntercept) < CONVERGED) break;
  }
  return { slope: Number(slope.toFixed(4)), intercept: Number(intercept.toFixed(4)) };
}

/** Mean negative log likelihood of whether the best label is right. */
export function logLoss(observations: readonly Observation[], calibration?: Recalibration): number {
  const losses = observations.map((one) => {
    const confidence = confidenceOf(one);
    const logit = logitOf(calibration ? recalibrate(confidence, calibration) : confidence);
    return Math.log1p(Math.exp(isRight(one) ? -logit : logit));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

function confidenceOf({ ranking: [best] }: Observation): number {
  return best?.confidence ?? 0;
}

function isRight({ ranking: [best], expected }: Observation): boolean {
  return best?.type === expected;
}
