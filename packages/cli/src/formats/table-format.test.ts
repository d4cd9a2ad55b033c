import { DocketError, type Explanation } from '@docket/core';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Outcome } from '../classification/outcome.js';
import { NO_COLOURS } from '../terminal/colours.js';
import { classification } from '../testing/fake-shell.js';
import { tableFormat } from './table-format.js';

const OPTIONS = { timings: false, explain: false, colours: NO_COLOURS, bars: false, width: 80 };

function render(outcomes: readonly Outcome[], changes: Partial<typeof OPTIONS> = {}): string[] {
  const format = tableFormat({ ...OPTIONS, ...changes });
  const text = format.begin() + outcomes.map((outcome) => format.add(outcome)).join('') + format.end('the summary');
  return text.split('\n');
}

function done(path: string, changes: Parameters<typeof classification>[0] = {}): Outcome {
  return { path, result: classification(changes), durationMs: 3 };
}

test('aligns columns', () => {
  const error = new DocketError('document.corrupt', 'broken');
  expect(render([done('a.pdf'), done('long-name.pdf', { type: null, confidence: 0.1 }), { path: 'b', error }])).toEqual(
    [
      'DOCUMENT       TYPE     CONFIDENCE  WHY',
      'a.pdf          invoice  0.90        Page 1 reads "Total due".',
      'long-name.pdf  -        0.10        Page 1 reads "Total due".',
      'b              failed               document.corrupt: broken',
      '',
      'scorer: fake',
      'the summary',
      '',
    ],
  );
});

test('aligns wide characters and wraps to the width', () => {
  const reasoning = `Page 1 reads "发票号码", "价税合计" and "开票日期", which mark an invoice. ${'発行'.repeat(40)}`;
  const lines = render([done('発注書.pdf', { type: '发票', reasoning }), done('a.pdf')]);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  const why = stringWidth(lines[0]?.split('WHY')[0] ?? '');
  const rows = lines.filter((line) => line.includes('Page 1'));
  expect(rows.map((line) => stringWidth(line.split('Page 1')[0] ?? ''))).toEqual([why, why]);
  expect(lines.join('').replaceAll(' ', '')).toContain('発行発行');
});

test.each([60, 80, 200])('stays within %i columns', (width) => {
  const reasoning = 'Page 1 reads "Invoice number" and "Bill to", which mark an invoice. '.repeat(3);
  const outcomes = [done('a-rather-long-name-of-a-document.pdf', { type: 'a'.repeat(50), reasoning }), done('b.pdf')];
  for (const line of render(outcomes, { width, bars: true })) expect(stringWidth(line)).toBeLessThanOrEqual(width);
});

test('leaves the common folder out of long paths', () => {
  const folder = 'a/rather/long/path/to/an/inbox/of/documents/';
  const lines = render([done(`${folder}x.pdf`), done(`${folder}sub/y.pdf`)]);
  expect(lines[0]).toBe(`in ${folder}`);
  expect(lines[2]).toMatch(/^x\.pdf /);
  expect(lines[3]).toMatch(/^sub\/y\.pdf /);
});

test('does not let names and quotes steer the terminal', () => {
  const text = render([done('\u001b[2Jevil\u202efdp.exe', { reasoning: 'a\u001b]0;b\u0007' })]).join('\n');
  for (const character of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(character);
});

test('draws confidence and tells durations when asked to', () => {
  const [, row] = render([done('a', { confidence: 0.5 })], { bars: true, timings: true });
  expect(row).toBe('a         invoice  0.50 ██▌    3.0  Page 1 reads "Total due".');
});

test('explains below the table', () => {
  const evidence = [
    { page: 1, start: 0, end: 9, quote: 'Total due', documentType: 'invoice', weight: 1 },
    { page: 0, start: 0, end: 4, quote: 'Bill', weight: 0.5 },
    { kind: 'passage' as const, page: 2, start: 0, end: 9, quote: 'Pay by May', weight: 0.2 },
  ];
  const explanation: Explanation = {
    language: 'en',
    format: 'pdf',
    title: 'A bill',
    labels: [{ type: 'invoice', confidence: 0.9, documentType: 'invoice', layout: ['amounts of money'], evidence }],
    background: { documentType: 'receipt', evidence: [] },
    floor: 0.5,
    margin: 0.1,
  };
  const text = render([done('a.pdf', { explanation })], { explain: true }).join('\n');
  expect(text).toContain('language en, format pdf, title "A bill"');
  expect(text).toContain('    page 1  "Total due"  marks: invoice\n    title   "Bill"  the rule asks for it\n');
  expect(text).toContain('    page 2  "Pay by May"  comes nearest in meaning\n');
  expect(text).toContain('    layout  amounts of money\n');
  expect(text).toContain('also looks like: receipt');
});

test('says only the summary when there is nothing', () => {
  expect(render([])).toEqual(['the summary', '']);
});
