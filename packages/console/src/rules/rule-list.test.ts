import { expect, test } from 'vitest';
import { configurationOf, lengthOf, problemsOf } from './rule.js';
import { makeRuleList } from './rule-list.js';

const rule = (type: string) => ({ type, description: 'long enough to be used' });

test('rules keep their keys when they are moved, changed and removed', () => {
  const list = makeRuleList([rule('a'), rule('b'), rule('c')]);
  const [a, b, c] = list.drafts.value.map(({ key }) => key);
  const types = () => list.drafts.value.map(({ type }) => type).join('');
  expect(list.move(c ?? '', -2)).toBe(0);
  expect(types()).toBe('cab');
  expect(list.move(c ?? '', -1)).toBe(0);
  expect(list.move(b ?? '', 9)).toBe(2);
  expect(list.move('unknown', 1)).toBe(-1);
  list.change(a ?? '', { type: 'A' });
  list.remove(b ?? '');
  expect(types()).toBe('cA');
  expect(list.drafts.value.map(({ key }) => key)).toEqual([c, a]);
});

test('only what the API takes is complete; lengths are counted in characters as it does', () => {
  const list = makeRuleList([rule('a')]);
  list.add();
  expect([list.drafts.value.length, list.complete.value.length]).toEqual([2, 1]);
  expect(problemsOf({ type: '', description: 'short' })).toEqual(['type', 'description']);
  expect(problemsOf({ type: '😀'.repeat(50), description: '😀'.repeat(500) })).toEqual([]);
  expect(problemsOf({ type: 'a'.repeat(51), description: 'a'.repeat(501) })).toEqual(['type', 'description']);
  expect(lengthOf('😀a')).toBe(2);
});

test('what is to be read is in the configuration only when somebody says so', () => {
  expect(configurationOf([rule('a')], {}).parsing_configuration).toBeNull();
  expect(configurationOf([rule('a')], { maxPages: 2 }).parsing_configuration).toEqual({
    lang: 'en',
    max_pages: 2,
    target_pages: null,
  });
});

test('what is replaced comes back, with all that belongs to it', () => {
  const list = makeRuleList([rule('a')], { maxPages: 2 }, { decision: { floor: 0.4 } });
  const before = list.drafts.value;
  list.replace([rule('b')]);
  expect([list.parsing.value, list.rest.value, list.replaced.value?.drafts.length]).toEqual([{}, {}, 1]);
  list.undo();
  expect(list.drafts.value).toBe(before);
  expect([list.parsing.value, list.rest.value]).toEqual([{ maxPages: 2 }, { decision: { floor: 0.4 } }]);
  expect(list.replaced.value).toBeUndefined();
  list.replace([]);
  list.replace([rule('c')]);
  // Nothing was there that could be missed.
  expect(list.replaced.value).toBeUndefined();
});
