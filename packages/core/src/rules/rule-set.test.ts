import { describe, expect, it } from 'vitest';
import { DocketError } from '../errors.js';
import { parseRuleSet } from './rule-set.js';

const rule = (type: string, description = `A document of the type ${type}`) => ({ type, description });

describe('parseRuleSet', () => {
  it.each(['  Invoice ', 'rechnung/übrige', '发票', 'a\u0301', '🧾'])('keeps the label as it is spelt: %j', (type) => {
    expect(parseRuleSet([rule(type)]).rules[0]?.type).toBe(type);
  });

  it('accepts the shortest and the longest', () => {
    const rules = [rule('a', 'b'.repeat(10)), rule('c'.repeat(50), 'd'.repeat(500))];
    expect(parseRuleSet(rules).rules).toEqual(rules);
  });

  it('takes equal types for alternatives', () => {
    expect(parseRuleSet([rule('a', 'first of the two'), rule('a', 'second of the two')]).rules).toHaveLength(2);
  });

  it.each([
    ['no list', 'invoice', 'rules'],
    ['an empty list', [], 'rules'],
    ['an empty type', [rule('')], 'rules[0].type'],
    ['a long type', [rule('a'.repeat(51), 'short type wanted')], 'rules[0].type'],
    ['a short description', [rule('a'), rule('b', '123456789')], 'rules[1].description'],
    ['a long description', [rule('a', 'b'.repeat(501))], 'rules[0].description'],
    ['no description', [{ type: 'a' }], 'rules[0].description'],
    ['a number for a type', [{ ...rule('a'), type: 3 }], 'rules[0].type'],
  ])('names the place of what is wrong: %s', (_, rules, place) => {
    expect(() => parseRuleSet(rules)).toThrow(DocketError);
    expect(() => parseRuleSet(rules)).toThrow(place);
  });

  it('names every place', () => {
    expect(() => parseRuleSet([rule(''), rule('b', 'short')])).toThrow(/rules\[0\]\.type.*rules\[1\]\.description/);
  });

  it('names the first places of very many, and how many more there are', () => {
    const wrong = Array.from({ length: 3000 }, () => ({ type: 1, description: 'long enough to be one' }));
    expect(() => parseRuleSet(wrong)).toThrow(/rules\[19\]\.type.*; and 2980 more; a rule is/);
    expect(() => parseRuleSet(wrong)).not.toThrow(/rules\[20\]/);
  });

  it('gives equal sets an equal identity, in whatever order', () => {
    const [one, two] = [rule('a'), rule('b')];
    const { identity } = parseRuleSet([one, two]);
    expect(parseRuleSet([two, one]).identity).toBe(identity);
    expect(parseRuleSet([one]).identity).not.toBe(identity);
    expect(parseRuleSet([rule('a', 'another description'), two]).identity).not.toBe(identity);
  });
});
