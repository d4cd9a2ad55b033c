import { expect, test } from 'vitest';
import { CATALOGUES, pickLanguage } from './language.js';

test.each([
  [[null, 'de-AT', 'en'], 'de'],
  [['en', 'de'], 'en'],
  [[null, 'fr', 'DE'], 'de'],
  [[null, 'fr', 'toString'], 'en'],
] as const)('of %j %s is chosen', (tags, expected) => {
  expect(pickLanguage(tags)).toBe(expected);
});

test('no message is empty, and German addresses nobody in English', () => {
  const english = textsOf(CATALOGUES.en);
  const german = textsOf(CATALOGUES.de);
  expect([...german.keys()]).toEqual([...english.keys()]);
  expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  const same = [...german].filter(([key, text]) => english.get(key) === text).map(([, text]) => text);
  // Words that both languages have.
  const sentences = same.filter((text) => /\w+ \w+ \w+/.test(text) && !text.startsWith('parsing_configuration'));
  expect(sentences).toEqual([]);
});

function textsOf(messages: object, path = ''): Map<string, string> {
  const texts = Object.entries(messages).flatMap(([key, message]): [string, string][] => {
    if (typeof message === 'object') return [...textsOf(message, `${path}${key}.`)];
    return [[path + key, typeof message === 'function' ? String(message('A', 'B')) : message]];
  });
  return new Map(texts);
}
