import { expect, test } from 'vitest';
import { slopeOf } from './slope.js';

test('the slope is that of the second half', () => {
  const samples = [100, 200, 300, 400, 500, 600].map((documents) => ({
    documents,
    bytes: documents <= 300 ? documents * 1e6 : 3e8 + documents * 10,
  }));
  expect(slopeOf(samples)).toBeCloseTo(10);
  expect(slopeOf([{ documents: 1, bytes: 5 }])).toBe(0);
});
