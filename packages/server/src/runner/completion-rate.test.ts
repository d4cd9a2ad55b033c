import { expect, it } from 'vitest';
import { CompletionRate } from './completion-rate.js';

it('knows nothing before the first completion', () => {
  expect(new CompletionRate().perSecond).toBe(0);
});

it('tells how many were completed a second since the first, and over the last half minute', () => {
  let now = 1_000_000;
  const rate = new CompletionRate(() => now);
  for (let count = 0; count < 40; count++) {
    rate.add();
    now += 250;
  }
  expect(rate.perSecond).toBeCloseTo(40 / 11);
  now += 19_000;
  expect(rate.perSecond).toBeCloseTo(40 / 30);
  now += 60_000;
  expect(rate.perSecond).toBe(0);
});
