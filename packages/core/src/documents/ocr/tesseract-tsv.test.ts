import { expect, it } from 'vitest';
import { parseTesseractTsv } from './tesseract-tsv.js';

const row = (...cells: (string | number)[]) => cells.join('\t');

it('takes words, line by line, and leaves out what is none', () => {
  const table = [
    'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext',
    row(4, 1, 1, 1, 1, 0, 0, 0, 90, 10, -1, ''),
    row(5, 1, 1, 1, 1, 1, 5, 6, 40, 10, 90, 'Total'),
    row(5, 1, 1, 1, 1, 2, 50, 6, 20, 10, 60, 'due'),
    row(5, 1, 1, 1, 1, 3, 50, 6, 20, 10, 95, ' '),
    row(5, 1, 1, 1, 2, 1, 5, 20, 20, 10, 30, '9.50'),
    row(5, 1, 2, 1, 1, 1, 5, 60, 20, 10, 80, 'Thanks'),
  ].join('\n');
  const { lines, confidence } = parseTesseractTsv(table);
  expect(lines.map(({ words }) => words.map(({ text }) => text))).toEqual([['Total', 'due'], ['9.50'], ['Thanks']]);
  expect(lines.map(({ endsBlock }) => endsBlock)).toEqual([false, true, true]);
  expect(lines[0]?.words[0]).toEqual({ text: 'Total', confidence: 90, box: { x: 5, y: 6, width: 40, height: 10 } });
  expect(confidence).toBeCloseTo((5 * 90 + 3 * 60 + 4 * 30 + 6 * 80) / 18);
});

it('makes nothing of an empty table', () => {
  expect(parseTesseractTsv('')).toEqual({ lines: [], confidence: 0 });
});
