import { expect, test } from 'vitest';
import { findJsonError, findTooDeep } from './json-syntax.js';

test.each([
  ['', 0, 'Expecting value'],
  ['  ', 2, 'Expecting value'],
  ['{', 1, 'Expecting property name enclosed in double quotes'],
  ["{'a':1}", 1, 'Expecting property name enclosed in double quotes'],
  ['{"a" 1}', 5, "Expecting ':' delimiter"],
  ['{"a":1 "b":2}', 7, "Expecting ',' delimiter"],
  ['{"a":[1,2}', 9, "Expecting ',' delimiter"],
  ['[1,]', 3, 'Expecting value'],
  ['[01]', 2, "Expecting ',' delimiter"],
  ['{"a":"b', 5, 'Unterminated string starting at'],
  ['"a\nb"', 2, 'Invalid control character at'],
  ['"\\x"', 1, 'Invalid \\escape'],
  ['"\\u00g0"', 1, 'Invalid \\escape'],
  ['{} {}', 3, 'Extra data'],
  ['nul', 0, 'Expecting value'],
  ['{"a":NaN}', 5, 'Expecting value'],
  ['"😀" x', 4, 'Extra data'],
])('finds where %j stops being JSON', (text, offset, error) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(findJsonError(text)).toEqual({ offset, error });
});

test('finds no error before the end of what is JSON', () => {
  const text = ' {"a\\n\\u00e9":[1,-2.5e+3,true,false,null,"x\\"",{},[]],"b":{"c":""}} ';
  expect(() => JSON.parse(text)).not.toThrow();
  expect(findJsonError(text)).toEqual({ offset: text.length, error: 'Extra data' });
});

test('goes through any depth', () => {
  expect(findJsonError('['.repeat(1_000_000))).toEqual({ offset: 1_000_000, error: 'Expecting value' });
});

test('measures depth outside of texts', () => {
  expect(findTooDeep('[[1],[2],{"a":"[[[\\"[["}]', 2)).toBeUndefined();
  expect(findTooDeep('["😀",[[]]]', 2)).toBe(6);
});
