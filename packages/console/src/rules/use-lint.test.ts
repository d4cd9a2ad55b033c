import { expect, test } from 'vitest';
import { byRule } from './use-lint.js';

test('a finding stands at each rule that it speaks of', () => {
  const finding = { id: 'x', severity: 'warning' as const, words: [], message: '', advice: '' };
  const both = { ...finding, rules: [0, 1] };
  const one = { ...finding, rules: [1, 9] };
  expect([...byRule([both, one], [{ key: 'a' }, { key: 'b' }])]).toEqual([
    ['a', [both]],
    ['b', [both, one]],
  ]);
});
