import { describe, expect, test } from 'vitest';
import {
  count,
  faultsIn,
  fieldsIn,
  fieldsOf,
  list,
  nullable,
  object,
  tagged,
  text,
  unfilled,
  unfilledIn,
} from './shape.js';

const classify = object({ tag: text, rules: list(object({ type: text })) });
const shape = object({
  items: list(object({ id: text, size: nullable(count), link: nullable(object({ url: text, form: unfilled })) })),
  kept: tagged('tag', { classify }),
});
const sound = { items: [{ id: 'a', size: null, link: { url: 'b', form: null } }], kept: { tag: 'other', anything: 1 } };

describe('faultsIn', () => {
  test('finds none in what is sound', () => {
    expect(faultsIn(shape, sound)).toEqual([]);
    expect(faultsIn(shape, { ...sound, kept: { tag: 'classify', rules: [{ type: 'x' }] } })).toEqual([]);
  });

  test.each([
    [{ ...sound, more: 1 }, 'more is unknown'],
    [{ kept: sound.kept }, 'items is missing'],
    [{ ...sound, items: [{ id: 7, size: 1, link: null }] }, 'items[0].id is not a text: 7'],
    [{ ...sound, items: [{ id: 'a', size: -1, link: null }] }, 'items[0].size is not a whole number: -1'],
    [{ ...sound, items: [{ id: 'a', size: 1, link: { url: 'b', form: {} } }] }, 'items[0].link.form is not null: {}'],
    [{ ...sound, items: {} }, 'items is not a list: {}'],
    [{ ...sound, kept: { tag: 'classify', rules: [{ type: 'x', extra: 1 }] } }, 'kept.rules[0].extra is unknown'],
    [[], 'the body is not an object: []'],
  ])('finds what is wrong: %j', (found, fault) => {
    expect(faultsIn(shape, found)).toEqual([fault]);
  });

  test('finds what does not hold between keys', () => {
    const ordered = object({ from: count, to: count }, ({ from, to }) =>
      Number(from) <= Number(to) ? [] : ['ends early'],
    );
    expect(faultsIn(ordered, { from: 1, to: 2 })).toEqual([]);
    expect(faultsIn(list(ordered), [{ from: 2, to: 1 }])).toEqual(['[0]: ends early']);
  });
});

describe('fields', () => {
  const link = ['items[].link', 'items[].link.url', 'items[].link.form'];
  const kept = ['kept', 'kept.tag', 'kept.rules', 'kept.rules[].type'];

  test('are all that there may be', () => {
    expect(fieldsOf(shape)).toEqual(['items', 'items[].id', 'items[].size', ...link, ...kept]);
    expect(unfilledIn(shape)).toEqual(['items[].link.form']);
  });

  test('are filled when they have a value, or can have none', () => {
    expect(fieldsIn(shape, sound)).toEqual(['items', 'items[].id', ...link, 'kept']);
    expect(fieldsIn(shape, { items: [], kept: { tag: 'classify', rules: [{ type: '' }] } })).toEqual([
      'items',
      ...kept.slice(0, 3),
    ]);
    expect(fieldsIn(shape, 'nonsense')).toEqual([]);
  });
});
