import { expect, test } from 'vitest';
import { excerpt } from './excerpt.js';

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(excerpt(value)));

test('repeats small values as they are', () => {
  for (const value of ['short', 5, null, true, { a: [1, { b: 'c' }] }, [], '\uD83D']) {
    expect(excerpt(value)).toEqual(value);
  }
});

test.each([
  ['a text', 'x'.repeat(1_000_000)],
  ['a text of control characters', '\u0001'.repeat(1_000_000)],
  ['a text of long characters', '€'.repeat(1_000_000)],
  ['a list', Array.from({ length: 100_000 }, (_, index) => index)],
  ['a list of lists', Array.from({ length: 100_000 }, () => [])],
  ['an object', Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]))],
  ['long keys', { ['k'.repeat(100_000)]: 1 }],
  ['long texts', Array.from({ length: 100 }, () => 'x'.repeat(10_000))],
])('repeats the beginning of %s', (_, value) => {
  expect(bytesOf(value)).toBeGreaterThan(200);
  expect(bytesOf(value)).toBeLessThan(1_300);
});

test('does not follow depth', () => {
  let value: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) value = [value];
  expect(bytesOf(value)).toBeLessThan(100);
});

test('cuts between characters', () => {
  expect(JSON.stringify(excerpt(`a${'😀'.repeat(1000)}`))).not.toContain('\\ud83d');
});
