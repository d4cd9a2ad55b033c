import { describe, expect, test } from 'vitest';
import { classified, failed } from '../testing/make-result.js';
import { makeRun } from '../testing/make-summary.js';
import { compareRuns } from './compare-runs.js';
import { writeComparison } from './write-comparison.js';

const ranking = (...labels: readonly [string, number][]) => ({
  ranking: labels.map(([type, confidence]) => ({ type, confidence })),
});

const before = makeRun([
  classified('same', 'a', 'a', 0.9),
  classified('fixed', 'a', 'b', 0.7, ranking(['b', 0.7], ['a', 0.2])),
  classified('broken', 'a', 'a', 0.8, ranking(['a', 0.8], ['b', 0.1])),
  classified('other', 'a', 'b', 0.6, ranking(['b', 0.6])),
  classified('ends', 'a', 'a', 0.5),
  failed('begins', 'b'),
  classified('gone', 'a', 'a', 0.5),
]);
const after = makeRun(
  [
    classified('same', 'a', 'a', 0.7),
    classified('fixed', 'a', 'a', 0.6, ranking(['a', 0.6], ['b', 0.3])),
    classified('broken', 'a', null, 0.4, ranking(['a', 0.4])),
    classified('other', 'a', null, 0.3, ranking(['b', 0.3])),
    failed('ends', 'a', 'document.timed_out'),
    classified('begins', 'b', 'b', 0.9),
    classified('new', 'a', 'a', 0.5),
  ],
  { engine: 'evidence/1', rules: { file: 'rules.yaml', identity: 'other', rules: [], tuned: false } },
);
const comparison = compareRuns(before, after);

describe('compareRuns', () => {
  test('names what flipped, and why', () => {
    expect(comparison.flips.map(({ id, kind, why }) => [id, kind, why])).toEqual([
      ['fixed', 'fixed', 'a overtook b: 0.60 against 0.30'],
      ['broken', 'broken', 'the confidence of a fell from 0.80 to 0.40, and is not answered any more'],
      ['other', 'other_wrong', 'the confidence of b fell from 0.60 to 0.30, and is not answered any more'],
      ['ends', 'now_failed', 'it failed: document.timed_out'],
      ['begins', 'now_classified', 'it failed before: document.encrypted; now b (0.90)'],
    ]);
  });

  test('pairs documents by id, and lists those of one run alone', () => {
    expect(comparison).toMatchObject({ paired: 4, onlyBefore: ['gone'], onlyAfter: ['new'] });
  });

  test('one better, one worse of four: no difference, p = 1', () => {
    expect(comparison.difference).toMatchObject({ value: 0 });
    expect(comparison.mcNemar).toEqual({ onlyBefore: 1, onlyAfter: 1, pValue: 1, method: 'exact' });
  });

  test('warns of other rules and engines', () => {
    expect(comparison.warnings).toEqual([
      'the rules differ',
      'the engines differ (auto (evidence/1, static/2); evidence/1)',
    ]);
  });

  test('knows a rule that is new, one that is gone, and a corrected label', () => {
    const flip = (one: Parameters<typeof classified>, other: Parameters<typeof classified>) => {
      return compareRuns(makeRun([classified(...one)]), makeRun([classified(...other)])).flips[0]?.why;
    };
    const was = ['x', 'a', 'a', 0.5, ranking(['a', 0.5])] as const;
    expect(flip([...was], ['x', 'a', 'b', 0.9, ranking(['b', 0.9], ['a', 0.1])])).toBe(
      'the new rule b is ahead of a: 0.90 against 0.10',
    );
    expect(flip([...was], ['x', 'a', 'b', 0.9, ranking(['b', 0.9])])).toBe(
      'no rule is called a any more; now b (0.90)',
    );
    expect(flip([...was], ['x', 'b', 'a', 0.5, ranking(['a', 0.5])])).toBe('the right answer was a and is b');
  });

  test('a run and itself: nothing flipped', () => {
    expect(compareRuns(before, before)).toMatchObject({
      flips: [],
      warnings: [],
      difference: { value: 0, low: 0, high: 0 },
    });
  });
});

describe('writeComparison', () => {
  const text = writeComparison(comparison);

  test.each([
    "1 became right, 1 became wrong: McNemar's test (exact) p = 1.000, it may be chance.",
    'Only before: 1 documents (gone).',
    '| broken | a | a 0.80 | null 0.40 | the confidence of a fell from 0.80 to 0.40, and is not answered any more |',
    '## Wrong in another way: 1',
  ])('says %s', (line) => {
    expect(text.split('\n')).toContain(line);
  });
});
