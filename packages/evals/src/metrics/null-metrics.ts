import type { ClassifiedResult } from '../results/document-result.js';
import type { Metrics } from './metrics.js';
import { shareOf } from './share.js';

/** How well documents that no rule should match are told from others. */
export function nullMetrics(results: readonly ClassifiedResult[]): Metrics['nulls'] {
  const known = results.filter(({ expected }) => expected !== null);
  const unknown = results.filter(({ expected }) => expected === null);
  const confidence = (result: ClassifiedResult) => result.confidence;
  return {
    precision: shareOf(
      results.filter(({ answered }) => answered === null),
      ({ expected }) => expected === null,
    ),
    recall: shareOf(unknown, ({ answered }) => answered === null),
    falseAlarms: shareOf(known, ({ answered }) => answered === null),
    auroc: areaUnderCurve(known.map(confidence), unknown.map(confidence)),
  };
}

/**
 * Area under the ROC curve: the chance that a value of the first kind is above one of the second, ties counting half (Mann
 * and Whitney, 1947). Null when either is empty.
 */
export function areaUnderCurve(above: readonly number[], below: readonly number[]): number | null {
  if (above.length === 0 || below.length === 0) return null;
  const all = [
    ...above.map((value) => ({ value, isAbove: true })),
    ...below.map((value) => ({ value, isAbove: false })),
  ];
  all.sort((one, other) => one.value - other.value);
  let rankSum = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end++;
    const meanRank = (start + 1 + end) / 2;
    rankSum += meanRank * all.slice(start, end).filter(({ isAbove }) => isAbove).length;
    start = end;
  }
  const wins = rankSum - (above.length * (above.length + 1)) / 2;
  return wins / (above.length * below.length);
}
