import { expect, test } from 'vitest';
import { formatOfFile } from './outcome-format.js';

test.each([
  ['a.csv', 'csv'],
  ['a.JSON', 'json'],
  ['a.ndjson', 'jsonl'],
  ['a.jsonl', 'jsonl'],
  ['a.txt', undefined],
  ['json', undefined],
])('%s asks for %s', (path, format) => {
  expect(formatOfFile(path)).toBe(format);
});
