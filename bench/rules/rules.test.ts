import { describe, expect, it } from 'vitest';
import { loadTextRules } from '../accuracy/texts/rule-files.js';
import { listTextSets, textSetsExist } from '../accuracy/texts/text-sets.js';
import { labelWords } from './label-words.js';

const message = textSetsExist() ? '' : ' (skipped: ../shared/eval/texts is not here)';
const files = await loadTextRules();

it('every rule file is one that Docket reads, with a rule for each of its labels', () => {
  expect(files.map(({ name }) => name)).toContain('ag_news.plain');
  for (const { name, ruleSet } of files) {
    const types = ruleSet.rules.map(({ type }) => type);
    expect(types.length, name).toBeGreaterThan(1);
    expect(new Set(types).size, name).toBe(types.length);
  }
});

it.each([
  ['banking77', 'card_not_working', 'card not working'],
  ['banking77', 'reverted_card_payment?', 'reverted card payment'],
  ['reuters_r8', 'money-fx', 'money and foreign exchange'],
  ['ag_news', 'Sci/Tech', 'science and technology'],
])('%s: %s in words is %s', (set, label, words) => {
  expect(labelWords(set, label)).toBe(words);
});

describe.skipIf(!textSetsExist())(`rule files of the text sets${message}`, async () => {
  const sets = textSetsExist() ? await listTextSets() : [];

  it.each(sets.filter(({ labels }) => labels.length > 0))('$name has the labels of the set', ({ name, labels }) => {
    const own = files.filter(({ set }) => set === name);
    expect(own.map(({ style }) => style)).toContain('names');
    for (const { ruleSet } of own) expect(ruleSet.rules.map(({ type }) => type).sort()).toEqual([...labels].sort());
  });

  it.each(sets.filter(({ labels }) => labels.length === 0))('$name has the rules of another set', ({ name }) => {
    const identities = files.filter(({ set }) => set !== name).map(({ ruleSet }) => ruleSet.identity);
    const own = files.filter(({ set }) => set === name);
    expect(own).toHaveLength(1);
    expect(identities).toContain(own[0]?.ruleSet.identity);
  });
});
