import { describe, expect, test } from 'vitest';
import { formatBytes, formatDuration, formatInstant, formatPercent, formatPoints } from './format.js';

describe('formatPercent', () => {
  test.each([
    [0, '0%'],
    [0.0004, '<1%'],
    [0.496, '50%'],
    [0.996, '99%'],
    [0.9999999, '99%'],
    [1, '100%'],
  ])('%d is %s', (share, expected) => {
    expect(formatPercent(share, 'en')).toBe(expected);
  });

  test('with digits, and as Germans write it', () => {
    expect(formatPercent(0.9456, 'en', 1)).toBe('94.6%');
    expect(formatPercent(0.9456, 'de', 1)).toBe('94,6\u00a0%');
  });
});

test('differences have a sign, but for none', () => {
  expect([formatPoints(-0.057, 'en', 1), formatPoints(0.057, 'en', 1), formatPoints(0, 'en', 1)]).toEqual([
    '-5.7',
    '+5.7',
    '0.0',
  ]);
});

test.each([
  [12.4, '12 ms'],
  [999.6, '1 sec'],
  [59_970, '1m 0s'],
  [119_600, '2m 0s'],
  [1500, '1.5 sec'],
  [65_000, '1m 5s'],
  [3_700_000, '1h 1m'],
  [200_000_000, '2d'],
])('%d milliseconds are %s', (milliseconds, expected) => {
  expect(formatDuration(milliseconds, 'en')).toBe(expected);
});

test.each([
  [0, '0 byte'],
  [1500, '1.5 kB'],
  [999_600, '1 MB'],
  [78_900_000_000, '79 GB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes, 'en')).toBe(expected);
});

test('an instant of today is a time, another one has its day, one of another year has that', () => {
  const now = new Date(2026, 10, 28, 12);
  const format = (...date: [number, number, number]) => formatInstant(new Date(...date, 9, 5, 7), 'en-GB', now);
  expect(format(2026, 10, 28)).toBe('09:05:07');
  expect(format(2026, 10, 27)).toBe('27 Nov, 09:05');
  expect(format(2025, 10, 27)).toContain('2025');
  expect(formatInstant('never', 'en')).toBe('never');
});
