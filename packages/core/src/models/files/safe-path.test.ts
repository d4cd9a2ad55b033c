import { expect, it } from 'vitest';
import { isSafePath } from './safe-path.js';

it.each(['config.json', 'onnx/model.onnx', 'a..b/c', '1_Pooling/config.json'])('%j stays inside', (path) => {
  expect(isSafePath(path)).toBe(true);
});

it.each([
  '',
  '/etc/passwd',
  '../a',
  'a/../../b',
  'a/./b',
  'a//b',
  'a/',
  'C:/a',
  'a\\..\\b',
  'a\u0000b',
  'x'.repeat(300),
])('%j does not', (path) => {
  expect(isSafePath(path)).toBe(false);
});
