import { expect, test } from 'vitest';
import { mcNemar } from './mcnemar.js';

test.each([
  // 2 * P(X <= 1), X ~ Binomial(6, 1/2): 2 * (1 + 6) / 64
  [1, 5, 14 / 64],
  [5, 1, 14 / 64],
  // 2 / 2^5
  [0, 5, 2 / 32],
  [3, 3, 1],
  [0, 0, 1],
])('is exact for few: %i against %i', (before, after, pValue) => {
  expect(mcNemar(before, after)).toMatchObject({ method: 'exact', pValue: expect.closeTo(pValue, 9) });
});

test.each([
  // (|10 - 30| - 1)^2 / 40 = 9.025; scipy.stats.chi2.sf(9.025, 1)
  [10, 30, 0.00266323],
  // (|20 - 22| - 1)^2 / 42 = 0.0238; scipy.stats.chi2.sf(0.0238095, 1)
  [20, 22, 0.87737],
  [20, 20, 1],
])('is chi-squared for many: %i against %i', (before, after, pValue) => {
  const result = mcNemar(before, after);
  expect(result.method).toBe('chi-squared');
  expect(Math.abs(result.pValue - pValue)).toBeLessThan(1e-5);
});
