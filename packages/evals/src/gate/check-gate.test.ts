import { describe, expect, test } from 'vitest';
import { classified, failed } from '../testing/make-result.js';
import { makeRun } from '../testing/make-summary.js';
import { checkGate } from './check-gate.js';

const right = (count: number, of: number) => {
  return Array.from({ length: of }, (_, index) => classified(String(index), 'a', index < count ? 'a' : 'b', 0.9));
};
const run = makeRun([...right(9, 10), failed('10', 'a')]).summary;

describe('checkGate', () => {
  test('passes what is just good enough', () => {
    expect(checkGate(run, { minAccuracy: 0.9, maxFailed: 1 })).toMatchObject({ passed: true });
  });

  test.each([
    ['accuracy', { minAccuracy: 0.91 }, 'accuracy 0.900, at least 0.910 wanted'],
    ['macro F1', { minMacroF1: 0.95 }, 'macro F1 0.947, at least 0.950 wanted'],
    ['failures', { maxFailed: 0 }, 'failed documents 1, at most 0 wanted'],
  ])('says what falls short: %s', (_, options, message) => {
    const { passed, checks } = checkGate(run, options);
    expect(passed).toBe(false);
    expect(checks).toEqual([expect.objectContaining({ passed: false, message: expect.stringMatching(message) })]);
  });

  test('looks at the calibration: .9 promised, half kept', () => {
    const { summary } = makeRun(right(1, 2));
    expect(checkGate(summary, { maxEce: 0.4 }).checks).toMatchObject([{ passed: true, value: expect.closeTo(0.4, 9) }]);
    expect(checkGate(summary, { maxEce: 0.3 }).passed).toBe(false);
  });

  test('fails what could not be measured', () => {
    expect(checkGate(run, { minNullRecall: 0 })).toMatchObject({ passed: false, checks: [{ value: null }] });
  });

  test('compares with a baseline: .95 to .90 is a drop of .05, exactly', () => {
    const baseline = makeRun(right(19, 20), { dataset: run.dataset }).summary;
    expect(checkGate(run, { maxDrop: 0.05, baseline }).passed).toBe(true);
    const { passed, checks } = checkGate(run, { maxDrop: 0.04, baseline });
    expect(passed).toBe(false);
    expect(checks[0]?.message).toBe('accuracy fell from 0.950 by 0.050, at most 0.040 wanted');
  });

  test('lets a run become better, and mentions another data set', () => {
    const baseline = makeRun(right(1, 2)).summary;
    const { passed, checks } = checkGate(run, { maxDrop: 0, baseline });
    expect(passed).toBe(true);
    expect(checks[0]?.message).toContain('another data set: documents, 2 documents');
  });

  test.each([
    ['nothing', {}],
    ['a drop without a baseline', { maxDrop: 0.1, minAccuracy: 0.5 }],
    ['a baseline alone', { baseline: run }],
  ])('refuses to check %s', (_, options) => {
    expect(() => checkGate(run, options)).toThrow(expect.objectContaining({ code: 'request.invalid_usage' }));
  });
});
