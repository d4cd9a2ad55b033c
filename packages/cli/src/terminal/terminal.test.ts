import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { coloursFor } from './colours.js';
import { formatDuration, formatRate, NO_PROGRESS, startProgress } from './progress-bar.js';
import { printable, widestOf, wrapText } from './text.js';

const pipe = new PassThrough();
const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });

test.each([
  [pipe, {}, false],
  [terminal, {}, true],
  [terminal, { TERM: 'dumb' }, false],
  [terminal, { NO_COLOR: '1' }, false],
  [terminal, { NO_COLOR: '' }, true],
  [pipe, { FORCE_COLOR: '1' }, true],
  [terminal, { FORCE_COLOR: '0' }, false],
  [terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('colours follow the stream and the environment (%#)', (stream, env, isColoured) => {
  expect(coloursFor(stream, env).red('x') !== 'x').toBe(isColoured);
});

test('makes control characters harmless', () => {
  expect(printable('a\r\n\tb\u001b[31m\u009b\u202e')).toBe('a b\ufffd[31m\ufffd\ufffd');
});

test('wide characters count two columns', () => {
  expect(widestOf(['ab', '发票'])).toBe(4);
  expect(wrapText('发票号码', 4)).toEqual(['发票', '号码']);
});

test('progress is shown on terminals only', () => {
  expect(startProgress(pipe, 10)).toBe(NO_PROGRESS);
  const progress = startProgress(terminal, 2);
  progress.advance();
  progress.stop();
  expect(String(terminal.read())).toContain('1/2 documents');
});

test('rates and durations read well', () => {
  expect([formatRate(5, 1000), formatRate(500, 1000)]).toEqual(['5.0', '500']);
  expect([500, 200_000, 7_500_000].map(formatDuration)).toEqual(['1 s', '3 min 20 s', '2 h 5 min']);
});
