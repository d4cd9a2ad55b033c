import { describe, expect, test } from 'vitest';
import { scrollToRow, visibleRows } from './visible-rows.js';

const list = { count: 5000, rowHeight: 40, height: 400 };

describe('visibleRows', () => {
  test('are few, wherever it is scrolled to, and hold all that can be seen', () => {
    for (const scrollTop of [0, 39, 40, 100_000, 199_600, 250_000, -50]) {
      const { first, end } = visibleRows({ ...list, scrollTop });
      const top = Math.min(Math.max(scrollTop, 0), 5000 * 40 - 400);
      expect(end - first).toBeLessThanOrEqual(10 + 1 + 16);
      expect(first * 40).toBeLessThanOrEqual(top);
      expect(end * 40).toBeGreaterThanOrEqual(top + 400);
    }
  });

  test('of lists that are empty or short are all', () => {
    expect(visibleRows({ ...list, count: 0, scrollTop: 300 })).toEqual({ first: 0, end: 0 });
    expect(visibleRows({ ...list, count: 3, scrollTop: 300 })).toEqual({ first: 0, end: 3 });
  });
});

test('scrollToRow moves as little as it must', () => {
  const at = { rowHeight: 40, height: 400, scrollTop: 1000 };
  expect([scrollToRow(24, at), scrollToRow(25, at), scrollToRow(34, at), scrollToRow(35, at)]).toEqual([
    960, 1000, 1000, 1040,
  ]);
});
