import { describe, expect, test } from 'vitest';
import { parseRuleText, RuleTextError, writeRuleText } from './rule-text.js';

const rules = [
  { type: 'invoice: "a"', description: 'A bill # with an invoice number.\nAnd a second line, for ümläuts and 日本.' },
  { type: 'yes', description: '- looks like a list; true, 12 and null are text here' },
];

describe.each(['yaml', 'json'] as const)('rules as %s', (format) => {
  test('are read as they were written', async () => {
    const parsing = { lang: 'de', maxPages: 3, targetPages: '1,3-5' };
    const whole = {
      rules,
      parsing,
      rest: { decision: { floor: 0.4, thresholds: { yes: 0.8 } }, owner: ['mail room'] },
    };
    expect(await parseRuleText(await writeRuleText(whole, format))).toEqual(whole);
    const bare = { rules, parsing: {}, rest: {} };
    expect(await parseRuleText(await writeRuleText(bare, format))).toEqual(bare);
  });
});

test('a bare list is a rule file; what the console does not know of a file is kept, of a rule left out', async () => {
  const text = 'rules:\n  - {type: a, description: b, note: c}\ndecision: {floor: 0.4}\n';
  expect(await parseRuleText(text)).toEqual({
    rules: [{ type: 'a', description: 'b' }],
    parsing: {},
    rest: { decision: { floor: 0.4 } },
  });
  expect((await parseRuleText('[{"type": "a", "description": "b"}]')).rules).toHaveLength(1);
});

test.each([
  ['rules: {', { kind: 'syntax' }],
  ['just text', { kind: 'not_a_list' }],
  ['rules: 3', { kind: 'not_a_list' }],
  ['', { kind: 'not_a_list' }],
  ['- {type: a, description: b}\n- {type: 3, description: b}', { kind: 'not_a_rule', entry: 2 }],
  ['- text', { kind: 'not_a_rule', entry: 1 }],
  ['rules: []\nparsing_configuration: {max_pages: none}', { kind: 'parsing' }],
  ['rules: []\nparsing_configuration: 3', { kind: 'parsing' }],
  ['a: &a [1, 1]\nb: &b [*a, *a]\nrules: [*b, *b]', { kind: 'syntax' }],
])('%j is refused with its reason', async (text, problem) => {
  const error = await parseRuleText(text).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RuleTextError);
  expect((error as RuleTextError).problem).toMatchObject(problem);
});
