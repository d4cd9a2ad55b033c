import { expect, test } from 'vitest';
import { indexOfActive, shiftOfRows } from './list-place.js';

const rows = (ids: string) => [...ids].map((id) => ({ id }));

test('the active row is a job and not a place, as long as the job is listed', () => {
  expect(indexOfActive(rows('xyabc'), { id: 'b', index: 1 })).toBe(3);
  expect(indexOfActive(rows('abc'), { id: 'gone', index: 1 })).toBe(1);
  expect(indexOfActive(rows('ab'), { id: 'gone', index: 7 })).toBe(1);
  expect(indexOfActive(rows('abc'), { id: undefined, index: 0 })).toBe(0);
  expect(indexOfActive([], { id: 'a', index: 0 })).toBe(-1);
});

test('rows that come in above, or leave, move what can be seen by as many', () => {
  expect(shiftOfRows(rows('abcd'), rows('xyabcd'), 2)).toBe(2);
  expect(shiftOfRows(rows('abcd'), rows('abcdx'), 2)).toBe(0);
  expect(shiftOfRows(rows('abcd'), rows('bcd'), 2)).toBe(-1);
  expect(shiftOfRows(rows('abcd'), rows('xabd'), 2)).toBe(0);
  expect(shiftOfRows(rows('ab'), [], 0)).toBe(0);
});
