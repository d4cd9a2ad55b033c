import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import type { ClassifiedResult } from '../results/document-result.js';
import { classified, failed } from '../testing/make-result.js';
import { fitRecalibration, logLoss } from './fit-recalibration.js';
import { fitFloor, fitLabelFloors, fitMargin } from './fit-thresholds.js';
import { groupFolds } from './group-folds.js';
import { accuracy, countAnswers, labelledAtPrecision } from './objective.js';
import { tuneRules } from './tune-rules.js';
import { type Observation, observe, replay } from './tuning.js';
import { writeTuningReport } from './write-tuning-report.js';

/** A document whose best label is `best`; what comes next is far behind unless it is said. */
function seen(expected: string | null, best: string, confidence: number, next = 0): Observation {
  const ranking = [
    { type: best, confidence },
    { type: 'next', confidence: next },
  ];
  return observe(classified(`${expected} ${best} ${confidence}`, expected, best, confidence, { ranking }));
}

/** So many documents whose best label is right, and so many whose is wrong. */
function mixed(right: number, wrong: number, confidence: number): Observation[] {
  return [
    ...Array.from({ length: right }, () => seen('a', 'a', confidence)),
    ...Array.from({ length: wrong }, () => seen(null, 'a', confidence)),
  ];
}

const START = { floor: 0.5, margin: 0 };

describe('groupFolds', () => {
  it('puts every item into one fold, and no group into two', () => {
    const items = fc.array(fc.record({ group: fc.integer({ min: 0, max: 20 }) }), { minLength: 1 });
    fc.assert(
      fc.property(items, (all) => {
        const folds = groupFolds(all, ({ group }) => String(group), 5);
        expect(folds.flat()).toHaveLength(all.length);
        const places = folds.flatMap((fold, index) =>
          [...new Set(fold.map(({ group }) => group))].map((group) => [group, index]),
        );
        expect(new Set(places.map(([group]) => group)).size).toBe(places.length);
      }),
    );
  });
});

describe('fitRecalibration', () => {
  it('finds the slope and intercept that confidences came from', () => {
    // logit(.5) = 0 and logit(.8808) = 2: slope 0.5 and intercept 0.4 make odds of exp(0.4) and exp(1.4).
    const shares = [0.4, 1.4].map((logit) => 1 / (1 + Math.exp(-logit)));
    const many = [0.5, 0.8808].flatMap((confidence, index) => {
      const right = Math.round(5000 * (shares[index] as number));
      return mixed(right, 5000 - right, confidence);
    });
    const { slope, intercept } = fitRecalibration(many);
    expect(slope).toBeCloseTo(0.5, 2);
    expect(intercept).toBeCloseTo(0.4, 2);
  });

  it('leaves confidences that keep their promise', () => {
    const many = [0.2, 0.5, 0.9].flatMap((confidence) => mixed(confidence * 1000, (1 - confidence) * 1000, confidence));
    const { slope, intercept } = fitRecalibration(many);
    expect([slope, intercept]).toEqual([expect.closeTo(1, 2), expect.closeTo(0, 2)]);
  });

  it('hardly moves for few documents, and never turns the order around', () => {
    const { slope, intercept } = fitRecalibration(mixed(1, 0, 0.5));
    expect(slope).toBeCloseTo(1, 6);
    expect(intercept).toBeGreaterThan(0);
    expect(intercept).toBeLessThan(0.3);
    expect(fitRecalibration([...mixed(0, 500, 0.95), ...mixed(500, 0, 0.05)]).slope).toBeGreaterThan(0);
  });

  it('measures the loss as a person would', () => {
    // Mean of -ln .8 and -ln (1 - .8).
    expect(logLoss(mixed(1, 1, 0.8))).toBeCloseTo((-Math.log(0.8) - Math.log(0.2)) / 2, 10);
  });
});

describe('what thresholds are chosen for', () => {
  it('counts right answers, null included', () => {
    const counts = countAnswers(
      [seen('a', 'a', 0.9), seen(null, 'a', 0.1), seen('b', 'a', 0.9), seen('a', 'a', 0.1)],
      START,
    );
    expect(counts).toEqual({ total: 4, right: 2, answered: 2, answeredRight: 1 });
    expect(accuracy(counts)).toBe(0.5);
  });

  it('counts labels only while enough of them are right, with one more wrong than was seen', () => {
    const score = labelledAtPrecision(0.9);
    expect(score({ total: 20, right: 9, answered: 9, answeredRight: 9 })).toBe(0.45);
    expect(score({ total: 20, right: 8, answered: 8, answeredRight: 8 })).toBeLessThan(0);
    expect(score({ total: 20, right: 20, answered: 20, answeredRight: 18 })).toBeLessThan(0);
    expect(score({ total: 20, right: 0, answered: 0, answeredRight: 0 })).toBe(0);
  });
});

describe('fitting thresholds', () => {
  it('puts the floor between what is right and what is wrong', () => {
    const documents = [...mixed(5, 0, 0.9), ...mixed(5, 0, 0.8), ...mixed(0, 5, 0.7), ...mixed(0, 5, 0.6)];
    expect(fitFloor(documents, START, accuracy).floor).toBe(0.75);
    expect(fitFloor(mixed(5, 0, 0.3), START, accuracy).floor).toBe(0);
    expect(fitFloor(mixed(0, 5, 0.9), START, accuracy).floor).toBe(1);
  });

  it('stays where it is when nothing is better', () => {
    expect(fitFloor([...mixed(5, 0, 0.9), ...mixed(0, 5, 0.1)], START, accuracy).floor).toBe(0.5);
    expect(fitMargin(mixed(5, 0, 0.9), START, accuracy).margin).toBe(0);
  });

  it('asks for a lead when close calls are wrong', () => {
    const close = Array.from({ length: 5 }, () => seen(null, 'a', 0.8, 0.7));
    const clear = Array.from({ length: 5 }, () => seen('a', 'a', 0.8, 0.2));
    expect(fitMargin([...close, ...clear], START, accuracy).margin).toBeCloseTo(0.35, 4);
  });

  it('gives a rule a floor of its own, half way for ten documents', () => {
    const good = [...mixed(10, 0, 0.9)];
    const bad = [0.6, 0.7].flatMap((confidence) => Array.from({ length: 5 }, () => seen(null, 'b', confidence)));
    const { thresholds } = fitLabelFloors([...good, ...bad], START, accuracy);
    // Its own would be 1; the common one is .5.
    expect(thresholds).toEqual({ b: 0.75 });
  });
});

/** Documents of which the engine is too sure where nothing fits: wrong below .8, right above. */
function tooSure(count: number): ClassifiedResult[] {
  return Array.from({ length: count }, (_, index) => {
    const isRight = index % 2 === 0;
    const confidence = isRight ? 0.85 + (index % 10) / 100 : 0.6 + (index % 10) / 100;
    return classified(`d${index}`, isRight ? 'a' : null, 'a', confidence, { group: `g${index % 12}` });
  });
}

describe('tuneRules', () => {
  it('keeps what helps documents that it was not fitted on', () => {
    const results = tooSure(120);
    const { tuning, kept, before, after, folds, groups } = tuneRules(results);
    expect({ folds, groups }).toEqual({ folds: 5, groups: 12 });
    expect(kept).toContain('floor');
    expect(before).toEqual(results);
    const right = (some: readonly ClassifiedResult[]) => some.filter(({ answered, expected }) => answered === expected);
    expect(right(before)).toHaveLength(60);
    expect(right(after)).toHaveLength(120);
    expect(after.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
    if (!tuning) throw new Error('nothing was tuned');
    expect(right(results.map((result) => replay(result, tuning)))).toHaveLength(120);
  });

  it('keeps nothing when there is nothing to gain', () => {
    const perfect = Array.from({ length: 60 }, (_, index) => classified(`d${index}`, 'a', 'a', 0.999999));
    const outcome = tuneRules(perfect);
    expect(outcome).toMatchObject({ tuning: undefined, kept: [], reachesTarget: true });
    expect(writeTuningReport(outcome, { types: ['a'] })).toContain('kept nothing');
  });

  it('does not take chance for a gain', () => {
    // Confidences that say nothing of what is right: whatever is fitted is worth nothing on other documents.
    const generator = xoroshiro128plus(7);
    const random = () => uniformInt(generator, 0, 999) / 1000;
    const results = Array.from({ length: 300 }, (_, index) => {
      const expected = random() < 0.8 ? 'a' : null;
      return classified(`d${index}`, expected, 'a', 0.5 + random() / 2);
    });
    const { tuning, kept } = tuneRules(results);
    expect(kept).not.toContain('floor');
    expect(kept).not.toContain('thresholds');
    // That they say nothing is itself worth knowing: all become what is right on the whole.
    expect(tuning?.calibration?.slope).toBeLessThan(0.5);
  });

  it('chooses thresholds that reach a precision', () => {
    const results = tooSure(400);
    const outcome = tuneRules(results, { targetPrecision: 0.99 });
    expect(outcome.reachesTarget).toBe(true);
    expect(outcome.after.filter(({ answered }) => answered !== null)).toHaveLength(200);
    const report = writeTuningReport(outcome, { types: ['a'], targetPrecision: 0.99 });
    expect(report).toContain('A precision of 99.0 % was reached on unseen documents: 100.0 % (200 of 200).');
    expect(report).toContain('50.0 % of the documents are left to a person.');
  });

  it('says how many documents it takes to vouch for a precision', () => {
    const outcome = tuneRules(tooSure(40), { targetPrecision: 0.99 });
    expect(outcome).toMatchObject({ tuning: undefined, reachesTarget: false });
    expect(writeTuningReport(outcome, { types: ['a'], targetPrecision: 0.99 })).toContain('takes 99 documents');
  });

  it.each([
    [[...tooSure(9), failed('x', 'a')], /9 classified documents in 9 groups are too few/],
    [tooSure(24).map((result) => ({ ...result, group: 'one' })), /24 classified documents in 1 groups/],
  ])('refuses what is too little', (results, message) => {
    expect(() => tuneRules(results)).toThrow(
      expect.objectContaining({ code: 'request.invalid_input', message: expect.stringMatching(message) }),
    );
  });
});
