import type { ClassifiedResult } from '../results/document-result.js';
import type { ReviewPoint } from './metrics.js';

/** Steps of the curve beside its beginning; fewer when there are fewer documents. */
const MOST_STEPS = 100;

/** How sure an answer is: its confidence, for null one minus that of the best rejected label. */
export function certaintyOf({ answered, confidence }: ClassifiedResult): number {
  return answered === null ? 1 - confidence : confidence;
}

/** Errors caught against documents reviewed, the least certain first (Geifman and El-Yaniv, 2017, as seen by the reviewer). */
export function reviewCurve(results: readonly ClassifiedResult[]): ReviewPoint[] {
  if (results.length === 0) return [];
  const order = [...results].sort((one, other) => certaintyOf(one) - certaintyOf(other));
  const caughtAfter = [0];
  for (const { answered, expected } of order) {
    caughtAfter.push((caughtAfter.at(-1) ?? 0) + (answered === expected ? 0 : 1));
  }
  const errors = caughtAfter.at(-1) ?? 0;
  const steps = Math.min(MOST_STEPS, results.length);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const reviewed = Math.round((step / steps) * results.length);
    const caught = caughtAfter[reviewed] ?? errors;
    const rest = results.length - reviewed;
    return {
      reviewed: reviewed / results.length,
      errorsCaught: errors > 0 ? caught / errors : 1,
      accuracyOfRest: rest > 0 ? (rest - (errors - caught)) / rest : null,
    };
  });
}
