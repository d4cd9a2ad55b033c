import { expect, test } from 'vitest';
import { splitByMarks } from './split-by-marks.js';

test.each([
  ['none', [], [['abcdef', []]]],
  [
    'one inside',
    [[1, 3]],
    [
      ['a', []],
      ['bc', [0]],
      ['def', []],
    ],
  ],
  [
    'overlapping ones',
    [
      [1, 4],
      [2, 6],
    ],
    [
      ['a', []],
      ['b', [0]],
      ['cd', [0, 1]],
      ['ef', [1]],
    ],
  ],
  [
    'equal ones',
    [
      [0, 6],
      [0, 6],
    ],
    [['abcdef', [0, 1]]],
  ],
  [
    'one beyond the end',
    [[4, 99]],
    [
      ['abcd', []],
      ['ef', [0]],
    ],
  ],
  [
    'empty and wrong ones',
    [
      [2, 2],
      [5, 1],
      [9, 12],
    ],
    [['abcdef', []]],
  ],
] as const)('ranges: %s', (_, ranges, expected) => {
  const pieces = splitByMarks(
    'abcdef',
    ranges.map(([start, end]) => ({ start, end })),
  );
  expect(pieces.map(({ text, ranges: holding }) => [text, holding])).toEqual(expected);
});

test('nothing is one piece at most', () => {
  expect(splitByMarks('', [{ start: 0, end: 3 }])).toEqual([]);
});
