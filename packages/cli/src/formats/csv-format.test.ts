import { DocketError } from '@docket/core';
import { expect, test } from 'vitest';
import { classification } from '../testing/fake-shell.js';
import { csvFormat } from './csv-format.js';

const format = csvFormat({ timings: false });

test('writes the header once, lines ended by CR LF', () => {
  expect(format.begin()).toBe('path,type,confidence,reasoning,pages_total,pages_read,error_code,error_message\r\n');
});

test('quotes commas, quotes and line breaks', () => {
  const result = classification({ type: 'a,b', reasoning: 'Page 1 reads "x",\nand y.' });
  expect(format.add({ path: 'in "box".pdf', result, durationMs: 1 })).toBe(
    '"in ""box"".pdf","a,b",0.9,"Page 1 reads ""x"",\nand y.",2,1,,\r\n',
  );
});

test('leaves the type empty for null, and everything but path and error for failures', () => {
  expect(format.add({ path: 'a', result: classification({ type: null, reasoning: 'r' }), durationMs: 1 })).toBe(
    'a,,0.9,r,2,1,,\r\n',
  );
  const error = new DocketError('document.encrypted', 'needs a password');
  expect(format.add({ path: 'a', error })).toBe('a,,,,,,document.encrypted,needs a password\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', '\tx'])(
  'disarms %j where others wrote it, and not types or standard input',
  (text) => {
    const result = classification({ type: text, reasoning: text });
    expect(format.add({ path: text, result, durationMs: 1 })).toBe(`'${text},${text},0.9,'${text},2,1,,\r\n`);
    expect(format.add({ path: '-', result: classification({ reasoning: 'r' }), durationMs: 1 })).toMatch(/^-,/);
  },
);

test('adds durations at the end when they are asked for', () => {
  const timed = csvFormat({ timings: true });
  expect(timed.begin()).toMatch(/error_message,duration_ms\r\n$/);
  expect(timed.add({ path: 'a', result: classification({ reasoning: 'r' }), durationMs: 1.26 })).toMatch(/,,1\.3\r\n$/);
});
