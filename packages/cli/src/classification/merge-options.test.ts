import { expect, test } from 'vitest';
import { mergeParsing } from './merge-options.js';

test('flags win over the rule file, field by field', () => {
  const file = { lang: 'de', maxPages: 3 };
  expect(mergeParsing({}, file)).toEqual({ lang: 'de', maxPages: 3 });
  expect(mergeParsing({ maxPages: 7 }, file)).toEqual({ lang: 'de', maxPages: 7 });
  expect(mergeParsing({ lang: 'fr' }, file)).toEqual({ lang: 'fr', maxPages: 3 });
});

test('a flag about pages is not overruled by the other page field of the file', () => {
  expect(mergeParsing({ maxPages: 1 }, { targetPages: '1-5' })).toEqual({ maxPages: 1 });
  expect(mergeParsing({ targetPages: '2' }, { maxPages: 9 })).toEqual({ targetPages: '2' });
});

test('refuses pages that cannot be', () => {
  expect(() => mergeParsing({ targetPages: '3-' }, {})).toThrow(/target_pages "3-"/);
  expect(() => mergeParsing({ targetPages: '' }, {})).toThrow(/target_pages/);
});
