import { expect, it } from 'vitest';
import { makeJob } from '../testing/samples.js';
import { parseJobConfiguration } from './parsed-configurations.js';

const textOf = (description: string) =>
  JSON.stringify({ ...makeJob().configuration, rules: [{ type: 'a', description }] });

it('parses the last few texts once, and each of them right', () => {
  const texts = Array.from({ length: 20 }, (_, index) => textOf(String(index)));
  for (const text of texts) expect(parseJobConfiguration(text)).toEqual(JSON.parse(text));
  const last = parseJobConfiguration(texts[19] ?? '');
  expect(parseJobConfiguration(textOf('19'))).toBe(last);
  for (const text of texts.slice(0, 10)) expect(parseJobConfiguration(text)).toEqual(JSON.parse(text));
  expect(parseJobConfiguration(textOf('19'))).not.toBe(last);
});

it('holds no long text in memory', () => {
  const text = textOf('a'.repeat(100_000));
  expect(parseJobConfiguration(text)).not.toBe(parseJobConfiguration(text));
});
