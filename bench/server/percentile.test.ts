import { expect, test } from 'vitest';
import { percentile } from './percentile.js';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test.each([
  [0, 1],
  [0.5, 50],
  [0.95, 95],
  [0.99, 99],
  [1, 100],
])('of 1 to 100, in any order, the share %d is %d', (share, value) => {
  expect(percentile(hundred, share)).toBe(value);
});

test('one slow request in a hundred does not move p99, two do', () => {
  expect(percentile([...Array(99).fill(1), 50], 0.99)).toBe(1);
  expect(percentile([...Array(98).fill(1), 50, 50], 0.99)).toBe(50);
});

test('no values have no percentile', () => {
  expect(percentile([], 0.5)).toBeNaN();
});
