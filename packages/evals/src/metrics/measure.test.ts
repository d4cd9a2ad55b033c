import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentResult } from '../results/document-result.js';
import { classified, failed } from '../testing/make-result.js';
import { bootstrapRatio, clustersOf } from './bootstrap.js';
import { measure } from './measure.js';
import { areaUnderCurve } from './null-metrics.js';

/**
 * Worked out by hand. Expected down, answered across:
 *        a  b  null
 *   a    2  1  1      precision a 2/3, recall 2/4, F1 4/7
 *   b    0  1  0      precision b 1/3, recall 1/1, F1 2/4
 *   null 1  1  1      precision null 1/2, recall 1/3, F1 2/5
 */
const RESULTS: readonly DocumentResult[] = [
  classified('1', 'a', 'a', 0.95),
  classified('2', 'a', 'a', 0.85),
  classified('3', 'a', 'b', 0.65, { ranking: [{ type: 'b', confidence: 0.65 }] }),
  classified('4', 'a', null, 0.35, { ranking: [{ type: 'a', confidence: 0.35 }] }),
  classified('5', 'b', 'b', 0.75),
  classified('6', null, 'a', 0.55),
  classified('7', null, 'b', 0.75),
  classified('8', null, null, 0.05),
  failed('9', 'a'),
  failed('10', 'b', 'document.no_text'),
  failed('11', null),
];

const measured = measure(RESULTS, { types: ['b', 'a'], durationMs: 2000 });

describe('measure', () => {
  test('counts failures by code and leaves them out of all else', () => {
    expect(measured).toMatchObject({ total: 11, classified: 8 });
    expect(measured.failures).toEqual([
      { code: 'document.encrypted', count: 2 },
      { code: 'document.no_text', count: 1 },
    ]);
  });

  test('accuracy is the share of right answers, null included: 4 of 8', () => {
    expect(measured.accuracy).toMatchObject({ value: 0.5, count: 4, of: 8 });
    expect(measured.interval.resampled).toBe('documents');
  });

  test('first choice goes by the best label, of documents that have one: 1, 2, 4, 5 of 5', () => {
    expect(measured.firstChoice).toEqual({ value: 0.8, count: 4, of: 5 });
  });

  test('precision, recall, F1 and the matrix, types by name and null last', () => {
    expect(measured.labels.map(({ label }) => label)).toEqual(['a', 'b', null]);
    expect(measured.confusion).toEqual([
      [2, 1, 1],
      [0, 1, 0],
      [1, 1, 1],
    ]);
    const [a, b, none] = measured.labels;
    expect(a).toMatchObject({ support: 4, answered: 3, precision: 2 / 3, recall: 1 / 2, f1: 4 / 7 });
    expect(b).toMatchObject({ support: 1, answered: 3, precision: 1 / 3, recall: 1, f1: 1 / 2 });
    expect(none).toMatchObject({ support: 3, answered: 2, precision: 1 / 2, recall: 1 / 3, f1: 2 / 5 });
    expect(measured.macroF1).toBeCloseTo((4 / 7 + 1 / 2 + 2 / 5) / 3, 12);
  });

  test('null: precision 1 of 2, recall 1 of 3, one false alarm of 5', () => {
    const { precision, recall, falseAlarms } = measured.nulls;
    expect([precision.value, recall.value, falseAlarms.value]).toEqual([1 / 2, 1 / 3, 1 / 5]);
  });

  test('AUROC: known .95 .85 .65 .35 .75 against .55 .75 .05: 11.5 of 15 pairs, a tie counting half', () => {
    // .95 beats 3, .85 beats 3, .65 beats 2, .35 beats 1, .75 beats 2 and ties with one.
    expect(measured.nulls.auroc).toBeCloseTo(11.5 / 15, 12);
  });

  test('calibration: ECE and Brier of the best label', () => {
    // Right: .95 .85 .35 .75; wrong: .65 .55 .75 .05. Only the bin of .7 holds two: mean .75, half of them right.
    const gaps = [0.05, 0.15, 0.65, 0.65, 0.55, 0.05];
    const ece = (gaps.reduce((total, gap) => total + gap, 0) + 2 * 0.25) / 8;
    expect(measured.calibration.ece).toBeCloseTo(ece, 12);
    const squares = [0.05, 0.15, 0.65, 0.25, 0.65, 0.55, 0.75, 0.05].map((gap) => gap ** 2);
    expect(measured.calibration.brier).toBeCloseTo(squares.reduce((total, square) => total + square, 0) / 8, 12);
    expect(measured.calibration.bins[7]).toEqual({
      from: 0.7,
      to: 0.8,
      count: 2,
      meanConfidence: 0.75,
      shareRight: 0.5,
    });
    expect(measured.calibration.bins[1]).toMatchObject({ count: 0, meanConfidence: null, shareRight: null });
  });

  test('review: the least certain first, null by one minus its confidence', () => {
    // Certainty: 6 .55 wrong, 3 .65 wrong, 4 .65 wrong, 5 .75 right, 7 .75 wrong, 2 .85 right, 1 and 8 .95 right.
    expect(measured.review.map(({ errorsCaught }) => errorsCaught)).toEqual([0, 0.25, 0.5, 0.75, 0.75, 1, 1, 1, 1]);
    expect(measured.review.map(({ accuracyOfRest }) => accuracyOfRest)).toEqual([
      0.5,
      4 / 7,
      4 / 6,
      4 / 5,
      3 / 4,
      1,
      1,
      1,
      null,
    ]);
    expect(measured.review[2]?.reviewed).toBe(0.25);
  });

  test('time: quantiles of reading and scoring, documents by the clock', () => {
    expect(measured.time).toEqual({ p50Ms: 12, p95Ms: 12, documentsPerSecond: 5.5, opened: 8 });
  });

  test('of nothing but failures is null, not zero', () => {
    const none = measure([failed('1', 'a')], { types: ['a'], durationMs: 10 });
    expect(none.accuracy).toEqual({ value: null, count: 0, of: 0, low: null, high: null });
    expect([none.macroF1, none.nulls.auroc, none.calibration.ece, none.time.p50Ms]).toEqual([null, null, null, null]);
    expect(none.review).toEqual([]);
  });

  test('a confidence of 1 belongs to the last bin', () => {
    const { calibration } = measure([classified('1', 'a', 'a', 1)], { types: ['a'], durationMs: 10 });
    expect(calibration.bins.at(-1)).toMatchObject({ count: 1, shareRight: 1 });
    expect(calibration.ece).toBe(0);
  });
});

describe('the interval', () => {
  test('is that of the binomial distribution when documents stand alone', () => {
    // 80 of 100: quantiles of Binomial(100, .8) are 72 and 88 (scipy.stats.binom.ppf([.025, .975], 100, .8)).
    const parts = Array.from({ length: 100 }, (_, index) => [{ numerator: index < 80 ? 1 : 0, denominator: 1 }]);
    const { low, high } = bootstrapRatio(parts, { samples: 5000, seed: 7 });
    expect(low).toBeCloseTo(0.72, 1);
    expect(high).toBeCloseTo(0.88, 1);
    expect(Math.abs((low ?? 0) - 0.72)).toBeLessThanOrEqual(0.011);
  });

  test('is wider when whole groups are right or wrong', () => {
    const results = Array.from({ length: 100 }, (_, index) => {
      return classified(String(index), 'a', index < 80 ? 'a' : null, 0.5, { group: String(Math.floor(index / 20)) });
    });
    const grouped = measure(results, { types: ['a'], durationMs: 1 });
    const alone = measure(
      results.map(({ group: _, ...result }) => result),
      { types: ['a'], durationMs: 1 },
    );
    expect(grouped.interval.resampled).toBe('groups');
    const width = ({ accuracy }: typeof grouped) => (accuracy.high ?? 0) - (accuracy.low ?? 0);
    expect(width(grouped)).toBeGreaterThan(2 * width(alone));
  });

  test('is the same for the same seed', () => {
    const again = measure(RESULTS, { types: ['b', 'a'], durationMs: 2000 });
    expect(again).toEqual(measured);
  });

  test('documents without a group are groups of their own', () => {
    expect(clustersOf([{ group: 'x' }, {}, { group: 'x' }, {}]).map(({ length }) => length)).toEqual([2, 1, 1]);
  });
});

test('the area under the curve is the share of pairs in the right order', () => {
  const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, values, (above, below) => {
      const pairs = above.flatMap((one) => below.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
      const share = pairs.reduce<number>((total, pair) => total + pair, 0) / pairs.length;
      expect(areaUnderCurve(above, below)).toBeCloseTo(share, 12);
    }),
    { seed: 20261124 },
  );
});
