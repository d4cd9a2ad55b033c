import { quantile } from 'simple-statistics';
import type { ClassifiedResult, DocumentResult, FailedResult } from '../results/document-result.js';
import { bootstrapRatio, clustersOf } from './bootstrap.js';
import { calibrationMetrics } from './calibration-metrics.js';
import { confusionOf, labelMetrics, labelsOf, macroF1 } from './label-metrics.js';
import type { Metrics } from './metrics.js';
import { nullMetrics } from './null-metrics.js';
import { reviewCurve } from './review-curve.js';
import { shareOf } from './share.js';

/** What {@link measure} needs beside the results. */
export interface MeasureOptions {
  /** The types of the rules. */
  readonly types: readonly string[];
  /** Of the whole run, by the clock. */
  readonly durationMs: number;
  /** Bootstrap samples. @default 2000 */
  readonly samples?: number;
  /** Of the bootstrap. @default 1 */
  readonly seed?: number;
}

/** Measures a run. Pure: the same results, options and seed give the same numbers. */
export function measure(
  results: readonly DocumentResult[],
  { types, durationMs, samples = 2000, seed = 1 }: MeasureOptions,
): Metrics {
  const classified = results.filter((result): result is ClassifiedResult => result.status === 'classified');
  const labels = labelsOf(types);
  const confusion = confusionOf(classified, labels);
  const perLabel = labelMetrics(confusion, labels);
  const isRight = ({ answered, expected }: ClassifiedResult) => answered === expected;
  const clusters = clustersOf(classified);
  const parts = clusters.map((cluster) =>
    cluster.map((result) => ({ numerator: isRight(result) ? 1 : 0, denominator: 1 })),
  );
  return {
    total: results.length,
    classified: classified.length,
    failures: failuresOf(results),
    accuracy: { ...shareOf(classified, isRight), ...bootstrapRatio(parts, { samples, seed }) },
    interval: { resampled: clusters.length < classified.length ? 'groups' : 'documents', samples, seed },
    firstChoice: shareOf(
      classified.filter(({ expected }) => expected !== null),
      ({ ranking, expected }) => ranking[0]?.type === expected,
    ),
    macroF1: macroF1(perLabel),
    labels: perLabel,
    confusion,
    nulls: nullMetrics(classified),
    calibration: calibrationMetrics(classified),
    review: reviewCurve(classified),
    time: timeOf(classified, results.length, durationMs),
  };
}

function failuresOf(results: readonly DocumentResult[]): Metrics['failures'] {
  const counts = new Map<string, number>();
  for (const { code } of results.filter((result): result is FailedResult => result.status === 'failed')) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

function timeOf(classified: readonly ClassifiedResult[], total: number, durationMs: number): Metrics['time'] {
  const times = classified.map(({ readMs, scoreMs }) => readMs + scoreMs);
  return {
    p50Ms: times.length > 0 ? quantile(times, 0.5) : null,
    p95Ms: times.length > 0 ? quantile(times, 0.95) : null,
    documentsPerSecond: durationMs > 0 ? (1000 * total) / durationMs : null,
    opened: classified.filter(({ wasRead }) => wasRead).length,
  };
}
