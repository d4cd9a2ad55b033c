import type { CompiledType } from '@docket/core';
import { expect, test } from 'vitest';
import { editDistance, nearMatches } from './near-matches.js';

function type(id: string, ...aliases: string[]): CompiledType {
  return {
    id,
    name: id.replaceAll('_', ' '),
    aliases,
    foreignNames: [],
    broader: [],
    description: '',
    cues: [],
    layout: [],
  };
}

const TYPES = [type('invoice', 'bill'), type('bank_statement'), type('resume', 'curriculum vitae'), type('voice_memo')];

test.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['same', 'same', 0],
])('editDistance(%j, %j) is %i', (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
});

test('finds ids by id, name and alias', () => {
  expect(nearMatches('invoce', TYPES)[0]).toBe('invoice');
  expect(nearMatches('Bank Statment', TYPES)).toEqual(['bank_statement']);
  expect(nearMatches('curriculum vitae', TYPES)).toEqual(['resume']);
  expect(nearMatches('xyzzy', TYPES)).toEqual([]);
});
