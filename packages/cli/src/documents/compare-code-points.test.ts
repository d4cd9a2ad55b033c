import { expect, test } from 'vitest';
import { compareCodePoints } from './compare-code-points.js';

test('orders by code point where UTF-16 units say otherwise', () => {
  const texts = ['\u{1f600}', '\uffee', 'b', 'a', 'B', '', 'ab', 'é'];
  expect(texts.sort(compareCodePoints)).toEqual(['', 'B', 'a', 'ab', 'b', 'é', '\uffee', '\u{1f600}']);
});
