import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fusedSheet, TEST_CALIBRATION } from '../testing/make-sheet.js';
import { decide, judge, type RankedLabel, tuned } from './decide.js';
import type { DecisionOverrides } from './tuning.js';

interface Case {
  readonly scores: Readonly<Record<string, number>> | readonly (readonly [type: string, score: number])[];
  readonly background?: Readonly<Record<string, number>>;
  readonly askedFor?: readonly string[];
  readonly overrides?: DecisionOverrides;
}

/** Decides between rules of the given scores. */
function decideBetween({ scores, background = {}, askedFor = [], overrides }: Case) {
  const entries = Array.isArray(scores) ? (scores as [string, number][]) : Object.entries(scores);
  return decide({
    rules: entries.map(([type, score]) => ({ type, description: `rule for ${type} of score ${score}` })),
    sheet: fusedSheet(
      entries.map(([, score]) => score),
      background,
    ),
    askedFor: entries.map(() => new Set(askedFor)),
    calibration: TEST_CALIBRATION,
    overrides,
  });
}

const types = (decision: ReturnType<typeof decide>) => decision.candidates.map((candidate) => candidate.type);

describe('decide', () => {
  it('gives the best label', () => {
    const decision = decideBetween({ scores: { letter: 1, invoice: 30, receipt: 2 } });
    expect(decision).toMatchObject({ type: 'invoice' });
    expect(decision.confidence).toBe(decision.candidates[0]?.confidence);
    expect(types(decision)).toEqual(['invoice', 'receipt', 'letter']);
    expect(decision).not.toHaveProperty('rejection');
  });

  it('gives none under the floor, with the confidence of the best', () => {
    const decision = decideBetween({ scores: { invoice: 1, letter: 0 } });
    expect(decision).toMatchObject({ type: null, rejection: 'under_floor' });
    expect(decision.confidence).toBe(decision.candidates[0]?.confidence);
    expect(decision.confidence).toBeLessThan(decision.floor);
  });

  it('gives none when two labels are as good as each other', () => {
    expect(decideBetween({ scores: { invoice: 400, receipt: 400 } })).toMatchObject({
      type: null,
      rejection: 'within_margin',
    });
  });

  it('gives a label when the margin is taken away', () => {
    const scores = { invoice: 400, receipt: 400 };
    expect(decideBetween({ scores, overrides: { margin: 0 } }).type).toBe('invoice');
  });

  it('takes floors of the caller: for all labels, and for one', () => {
    const scores = { invoice: 10 };
    const { confidence } = decideBetween({ scores });
    const [below, above] = [confidence - 0.01, confidence + 0.01];
    expect(decideBetween({ scores, overrides: { floor: below } }).type).toBe('invoice');
    expect(decideBetween({ scores, overrides: { floor: above } }).type).toBeNull();
    expect(decideBetween({ scores, overrides: { floor: above, thresholds: { invoice: below } } }).type).toBe('invoice');
    expect(decideBetween({ scores, overrides: { floor: below, thresholds: { invoice: above } } }).type).toBeNull();
    expect(decideBetween({ scores, overrides: { thresholds: { letter: 1 } } }).type).toBe('invoice');
  });

  it('looks at confidences as a tuning makes them, and keeps their order', () => {
    const scores = { invoice: 30, receipt: 6, letter: 2 };
    const before = decideBetween({ scores });
    const calibration = { slope: 0.5, intercept: -1 };
    const after = decideBetween({ scores, overrides: { calibration } });
    expect(types(after)).toEqual(types(before));
    const logit = (share: number) => Math.log(share / (1 - share));
    after.candidates.forEach(({ confidence }, index) => {
      expect(logit(confidence)).toBeCloseTo(logit(before.candidates[index]?.confidence ?? 0) * 0.5 - 1, 3);
    });
    expect(after.confidence).toBe(after.candidates[0]?.confidence);
    expect(after.confidence).toBeLessThan(before.confidence);
    const floor = (before.confidence + after.confidence) / 2;
    expect(decideBetween({ scores, overrides: { floor } }).type).toBe('invoice');
    expect(decideBetween({ scores, overrides: { floor, calibration } }).type).toBeNull();
  });

  it('can be replayed from its ranking alone', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const calibration = fc.option(
      fc.record({ slope: fc.double({ min: 0.1, max: 5, noNaN: true }), intercept: fc.integer({ min: -3, max: 3 }) }),
      { nil: undefined },
    );
    const value = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(value, value, share, share, share, calibration, (one, other, floor, margin, own, recalibration) => {
        const scores = { invoice: one, receipt: other };
        const overrides = { floor, margin, thresholds: { invoice: own }, calibration: recalibration };
        const ranking = decideBetween({ scores }).candidates.map(({ type, confidence }): RankedLabel => {
          return { type, confidence };
        });
        const decided = decideBetween({ scores, overrides });
        expect(judge(tuned(ranking, recalibration), overrides)).toEqual({
          type: decided.type,
          floor: decided.floor,
          ...(decided.rejection ? { rejection: decided.rejection } : {}),
        });
      }),
    );
  });

  it('gives a label of exactly the floor', () => {
    const { confidence: floor } = decideBetween({ scores: { invoice: 6 } });
    expect(decideBetween({ scores: { invoice: 6 }, overrides: { floor } }).type).toBe('invoice');
  });

  it.each(['constructor', 'toString', '__proto__'])('has no threshold of its own for the label %s', (type) => {
    const decision = decideBetween({ scores: [[type, 1]], overrides: { floor: 1, thresholds: {} } });
    expect(decision).toMatchObject({ type: null, floor: 1 });
  });

  it('does not let one rule alone win by default', () => {
    expect(decideBetween({ scores: { invoice: 0 } }).type).toBeNull();
    expect(decideBetween({ scores: { invoice: 30 } }).type).toBe('invoice');
  });

  it('is less sure beside a document type that no rule asks for', () => {
    const alone = decideBetween({ scores: { invoice: 10 } });
    const beside = decideBetween({ scores: { invoice: 10 }, background: { receipt: 40, letter: 3 } });
    expect(beside.confidence).toBeLessThan(alone.confidence);
    expect(beside.background?.id).toBe('receipt');
  });

  it('does not count types that some rule asks for as background', () => {
    const background = { invoice: 40, letter: 3 };
    const decision = decideBetween({ scores: { invoice: 10 }, background, askedFor: ['invoice'] });
    expect(decision.background?.id).toBe('letter');
    expect(decideBetween({ scores: { invoice: 10 }, background, askedFor: ['invoice', 'letter'] })).not.toHaveProperty(
      'background',
    );
  });

  it('takes rules of equal type for alternatives: the best counts, and they are no rivals', () => {
    const decision = decideBetween({
      scores: [
        ['invoice', 2],
        ['invoice', 30],
        ['letter', 1],
        ['invoice', 29],
      ],
    });
    expect(types(decision)).toEqual(['invoice', 'letter']);
    expect(decision.candidates[0]?.rule).toBe(1);
    expect(decision.confidence).toBe(
      decideBetween({
        scores: [
          ['invoice', 30],
          ['letter', 1],
        ],
      }).confidence,
    );
  });

  it('ranks equals by code point', () => {
    const labels = ['b', 'a', 'B', 'aa', 'é', '\u{1f9fe}', '\uffee', '发票'];
    const decision = decideBetween({ scores: labels.map((label) => [label, 1] as const) });
    expect(types(decision)).toEqual(['B', 'a', 'aa', 'b', 'é', '发票', '\uffee', '\u{1f9fe}']);
  });

  it('ranks by confidence, within 0 and 1', () => {
    const scores = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 4 }),
      fc.double({ min: -20, max: 100, noNaN: true }),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(scores, (given) => {
        const confidences = decideBetween({ scores: Object.entries(given) }).candidates.map(
          (candidate) => candidate.confidence,
        );
        expect(confidences).toEqual([...confidences].sort((one, other) => other - one));
        expect(confidences.every((confidence) => confidence >= 0 && confidence <= 1)).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the rules', () => {
    const rule = fc.record({
      type: fc.constantFrom('a', 'b', 'c', 'd'),
      description: fc.constantFrom('one', 'two', 'three'),
      score: fc.integer({ min: 0, max: 8 }),
    });
    const background = fc.dictionary(fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 8 }));
    const lists = fc.uniqueArray(rule, {
      minLength: 1,
      maxLength: 8,
      selector: ({ type, description }) => type + description,
    });
    const shuffled = lists.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    const summary = (
      rules: readonly { type: string; description: string; score: number }[],
      scores: Record<string, number>,
    ) => {
      const sheet = fusedSheet(
        rules.map(({ score }) => score),
        scores,
      );
      const { candidates, ...decision } = decide({
        rules,
        sheet,
        askedFor: rules.map(() => new Set(['y'])),
        calibration: TEST_CALIBRATION,
      });
      return {
        ...decision,
        candidates: candidates.map(({ rule: index, ...one }) => ({ ...one, description: rules[index]?.description })),
      };
    };
    fc.assert(
      fc.property(shuffled, background, ([list, other], scores) => {
        expect(summary(other, scores)).toEqual(summary(list, scores));
      }),
    );
  });
});
