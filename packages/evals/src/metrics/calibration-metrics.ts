import type { ClassifiedResult } from '../results/document-result.js';
import type { CalibrationMetrics, ReliabilityBin } from './metrics.js';

const BINS = 10;

/**
 * Whether the confidence of the best label is the probability that it is right: expected calibration error over ten equal bins
 * (Guo et al., 2017) and Brier score (1950), over documents that have a label or not.
 */
export function calibrationMetrics(results: readonly ClassifiedResult[]): CalibrationMetrics {
  const promises = results.map((result) => ({
    confidence: result.confidence,
    isRight: result.ranking[0]?.type === result.expected ? 1 : 0,
  }));
  const bins = Array.from({ length: BINS }, (_, index): ReliabilityBin => {
    const inside = promises.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === index);
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      count: inside.length,
      meanConfidence: meanOf(inside.map(({ confidence }) => confidence)),
      shareRight: meanOf(inside.map(({ isRight }) => isRight)),
    };
  });
  const gaps = bins.map(({ count, meanConfidence, shareRight }) => {
    return (count / promises.length) * Math.abs((meanConfidence ?? 0) - (shareRight ?? 0));
  });
  return {
    ece: promises.length > 0 ? gaps.reduce((total, gap) => total + gap, 0) : null,
    brier: meanOf(promises.map(({ confidence, isRight }) => (confidence - isRight) ** 2)),
    bins,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((total, value) => total + value, 0) / values.length : null;
}
