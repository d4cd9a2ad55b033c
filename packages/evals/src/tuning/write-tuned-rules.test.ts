import { parseRuleFile, parseRuleSet } from '@docket/core';
import { describe, expect, it } from 'vitest';
import { writeTunedRules } from './write-tuned-rules.js';

const RULES = [{ type: 'invoice', description: 'A bill with an invoice number' }];
const tunedFor = { rules: parseRuleSet(RULES).identity, engine: 'auto (evidence/1:abc, static/2:name@def)' };
const tuning = {
  floor: 0.42,
  margin: 0.01,
  thresholds: { invoice: 0.6 },
  calibration: { slope: 1.2, intercept: -0.3 },
};

const LIST = `# What we get by mail.
- type: invoice # from suppliers
  description: A bill with an invoice number
`;
const WHOLE = `# What we get by mail.
rules:
  # From suppliers.
  - type: invoice
    description: >-
      A bill with
      an invoice number
decision: { floor: 0.9 }
# Only the front.
parsing_configuration:
  max_pages: 2
`;

describe('writeTunedRules', () => {
  it.each([
    ['a bare list', LIST],
    ['a whole file', WHOLE],
    ['JSON', JSON.stringify({ rules: RULES, decision: { floor: 0.9 }, parsing_configuration: { max_pages: 2 } })],
    ['a list in JSON', JSON.stringify(RULES)],
  ])('adds a decision that can be read to %s', (_, text) => {
    const written = writeTunedRules(text, { tuning, tunedFor });
    const before = parseRuleFile(text);
    expect(parseRuleFile(written, 'tuned')).toEqual({
      ...before,
      decision: { ...tuning, tunedFor, file: 'tuned' },
    });
    expect(writeTunedRules(written, { tuning, tunedFor })).toBe(written);
  });

  it('keeps comments and the order of things', () => {
    expect(writeTunedRules(WHOLE, { tuning, tunedFor })).toBe(`# What we get by mail.
rules:
  # From suppliers.
  - type: invoice
    description: >-
      A bill with
      an invoice number
# Only the front.
parsing_configuration:
  max_pages: 2

# Written by docket bench tune. It holds for these rules and this engine only.
decision:
  floor: 0.42
  margin: 0.01
  thresholds:
    invoice: 0.6
  calibration:
    slope: 1.2
    intercept: -0.3
  rules: ${tunedFor.rules}
  engine: auto (evidence/1:abc, static/2:name@def)
`);
    expect(writeTunedRules(LIST, undefined)).toContain('# What we get by mail.');
    expect(writeTunedRules(LIST, undefined)).toContain('# from suppliers');
  });

  it('takes a decision out when nothing helped', () => {
    const written = writeTunedRules(WHOLE, undefined);
    expect(written).not.toContain('decision');
    expect(parseRuleFile(written).decision).toEqual({});
  });

  it('refuses what holds no rules', () => {
    expect(() => writeTunedRules('just a text', undefined)).toThrow(/holds no rules/);
  });
});
