import { expect, test } from 'vitest';
import { rowOfKey } from './row-of-key.js';

const plain = { altKey: false, ctrlKey: false, metaKey: false };
const position = { at: 5, count: 20, perPage: 10 };

test.each([
  ['ArrowDown', 6],
  ['ArrowUp', 4],
  ['PageDown', 15],
  ['PageUp', 0],
  ['Home', 0],
  ['End', 19],
  ['Enter', undefined],
  ['toString', undefined],
])('%s leads to %s', (key, row) => {
  expect(rowOfKey({ ...plain, key }, position)).toBe(row);
});

test('not beyond the end, and not with other keys held', () => {
  expect(rowOfKey({ ...plain, key: 'PageDown' }, { ...position, at: 15 })).toBe(19);
  expect(rowOfKey({ ...plain, ctrlKey: true, key: 'Home' }, position)).toBeUndefined();
});
