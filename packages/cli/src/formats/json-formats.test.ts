import { DocketError, type Explanation } from '@docket/core';
import { expect, test } from 'vitest';
import type { Outcome } from '../classification/outcome.js';
import { classification } from '../testing/fake-shell.js';
import { jsonFormat } from './json-format.js';
import { jsonlFormat } from './jsonl-format.js';

const explanation: Explanation = { language: 'en', format: 'txt', labels: [], floor: 0.5, margin: 0.1 };
const done: Outcome = { path: 'a.pdf', result: classification(), durationMs: 12.345 };
const failed: Outcome = {
  path: 'b.pdf',
  error: new DocketError('document.corrupt', 'broken', { data: { secret: 1 } }),
};

test('jsonl has one object a line with its keys in order', () => {
  const line = jsonlFormat({ timings: false }).add(done);
  expect(line).toMatch(/^\{.*\}\n$/);
  const keys = ['path', 'type', 'confidence', 'reasoning', 'ranking', 'pages', 'scorer'];
  expect(Object.keys(JSON.parse(line))).toEqual(keys);
  const full = { ...done, result: classification({ explanation }) };
  const more = JSON.parse(jsonlFormat({ timings: true }).add(full));
  expect(Object.keys(more)).toEqual([...keys, 'explanation', 'durationMs']);
  expect(more.durationMs).toBe(12.3);
});

test('a failure is its path, code and message', () => {
  const line = jsonlFormat({ timings: true }).add(failed);
  expect(line).toBe('{"path":"b.pdf","error":{"code":"document.corrupt","message":"broken"}}\n');
});

test('null stays null', () => {
  const line = jsonlFormat({ timings: false }).add({ ...done, result: classification({ type: null }) });
  expect(JSON.parse(line)).toHaveProperty('type', null);
});

test('json is one array of the same', () => {
  const format = jsonFormat({ timings: false });
  const text = format.begin() + format.add(done) + format.add(failed) + format.end('');
  const lines = [done, failed].map((one) => JSON.parse(jsonlFormat({ timings: false }).add(one)));
  expect(JSON.parse(text)).toEqual(lines);
  expect(text).toBe(`${JSON.stringify(lines, null, 2)}\n`);
  const empty = jsonFormat({ timings: false });
  expect(empty.begin() + empty.end('')).toBe('[]\n');
});
