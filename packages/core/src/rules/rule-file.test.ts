import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DocketError } from '../errors.js';
import { fixture } from '../testing/fixtures.js';
import { parseRuleFile, readRuleFile, ruleFileJsonSchema } from './rule-file.js';
import { parseRuleSet } from './rule-set.js';

const INVOICE = { type: 'invoice', description: 'A bill with an invoice number' };
const yaml = `# what we get by mail
rules:
  - type: invoice
    description: A bill with an invoice number
parsing_configuration:
  lang: de
  target_pages: 1, 3-4
  max_pages: 5
decision:
  floor: 0.6
  margin: 0.1
  thresholds: { invoice: 0.8 }
`;

/** What a text is refused with. */
function refusal(text: string): DocketError {
  try {
    parseRuleFile(text, 'my-rules.yaml');
  } catch (error) {
    if (error instanceof DocketError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('parseRuleFile', () => {
  it('reads YAML', () => {
    expect(parseRuleFile(yaml)).toEqual({
      rules: [INVOICE],
      parsing: { lang: 'de', targetPages: '1, 3-4', maxPages: 5 },
      decision: { floor: 0.6, margin: 0.1, thresholds: { invoice: 0.8 }, file: 'rules' },
    });
  });

  it('reads the same from JSON', () => {
    const parsing_configuration = { lang: 'de', target_pages: '1, 3-4', max_pages: 5 };
    const decision = { floor: 0.6, margin: 0.1, thresholds: { invoice: 0.8 } };
    expect(parseRuleFile(JSON.stringify({ rules: [INVOICE], parsing_configuration, decision }))).toEqual(
      parseRuleFile(yaml),
    );
  });

  it.each([
    ['YAML', '- type: invoice\n  description: A bill with an invoice number\n'],
    ['JSON', JSON.stringify([INVOICE])],
  ])('reads a bare list in %s', (_, text) => {
    expect(parseRuleFile(text)).toMatchObject({ rules: [INVOICE], parsing: {} });
  });

  it('takes null for not given, as the API does', () => {
    const parsing_configuration = { lang: null, target_pages: null, max_pages: null };
    expect(parseRuleFile(JSON.stringify({ rules: [INVOICE], parsing_configuration })).parsing).toEqual({});
  });

  describe('of a tuned rule set', () => {
    const { identity } = parseRuleSet([INVOICE]);
    const calibration = { slope: 1.5, intercept: -0.2 };
    const tuned = { floor: 0.5, margin: 0, calibration, rules: identity, engine: 'auto (evidence/1)' };
    const text = (decision: object) => JSON.stringify({ rules: [INVOICE], decision });

    it('keeps what it was tuned for', () => {
      expect(parseRuleFile(text(tuned), 'folder/my.json').decision).toEqual({
        floor: 0.5,
        margin: 0,
        calibration,
        tunedFor: { rules: identity, engine: 'auto (evidence/1)' },
        file: 'my.json',
      });
    });

    it('refuses a tuning for other rules, unless nobody wants the decision', () => {
      const stale = text({ ...tuned, rules: '0123456789ab' });
      const code = 'request.stale_tuning';
      const message = expect.stringMatching(
        /my\.json was tuned for other rules \(0123456789ab, these are .*tune again/,
      );
      expect(() => parseRuleFile(stale, 'my.json')).toThrow(expect.objectContaining({ code, message }));
      expect(parseRuleFile(stale, 'my.json', { withoutDecision: true })).toMatchObject({ decision: {} });
    });

    it.each([
      { ...tuned, engine: undefined },
      { ...tuned, rules: undefined },
      { floor: 0.5, calibration },
    ])('refuses half a tuning: %j', (decision) => {
      expect(() => parseRuleFile(text(decision))).toThrow(/decision: a tuning names both its rules and its engine/);
    });

    it.each([0, -1])('refuses a calibration that turns the order around: slope %d', (slope) => {
      const turned = { ...tuned, calibration: { slope, intercept: 0 } };
      expect(() => parseRuleFile(text(turned))).toThrow(/decision\.calibration\.slope/);
    });
  });

  it.each([
    ['a short description', `${yaml}`.replace('A bill with an invoice number', 'A bill'), 4, 'rules[0].description'],
    [
      'a wrong rule in a bare list',
      '- type: a\n  description: long enough\n- type: ""\n  description: long enough',
      3,
      '[1].type',
    ],
    ['an unknown key', `${yaml}colour: red\n`, undefined, 'colour'],
    ['an unknown page setting', yaml.replace('lang: de', 'language: de'), 6, 'language'],
    ['a floor above 1', yaml.replace('0.6', '6'), 10, 'decision.floor'],
    ['no page at all', yaml.replace('max_pages: 5', 'max_pages: 0'), 8, 'max_pages'],
  ])('names the line and the place: %s', (_, text, line, place) => {
    const error = refusal(text);
    expect(error.code).toBe('request.invalid_rules');
    expect(error.message).toContain('my-rules.yaml');
    expect(error.message).toContain(place);
    if (line !== undefined) expect(error.message).toContain(`line ${line}`);
  });

  it.each([
    ['broken YAML', 'rules: [\n'],
    ['a tab for an indent', 'rules:\n\t- type: a'],
    ['an empty file', ''],
    ['no rules', 'rules: []'],
    ['a word', 'invoice'],
    ['a key twice', 'rules:\n  - type: a\n    type: b\n    description: long enough'],
    ['an alias of nothing', 'rules: *nothing'],
  ])('refuses %s', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'request.invalid_rules' });
  });

  it.each([
    [
      'a key that is misspelt',
      '- type: a\n  descripton: long enough',
      /rules\[0\]\.description: is missing; the rule has "descripton"/,
    ],
    ['a key that is not there', '- type: a', /rules\[0\]\.description: is missing$/],
    ['an empty file', '', /a rule file holds a list of rules, each of a "type" and a "description"/],
    ['types as keys', 'invoice: A bill with a total due', /rules: there are none; a rule file holds a list/],
    ['one rule alone', 'type: a\ndescription: long enough', /rules: there are none/],
    ['another type', '- type: 3\n  description: long enough', /rules\[0\]\.type: .*expected string/],
  ])('says what is missing in plain words: %s', (_, text, message) => {
    expect(refusal(text).message).toMatch(message);
  });

  it('refuses page numbers that are none, and says where they stand', () => {
    const error = refusal(yaml.replace('1, 3-4', '4-3'));
    expect(error).toMatchObject({ code: 'request.invalid_page_selection' });
    expect(error.message).toMatch(/^in my-rules\.yaml, line \d+: .*4-3/);
  });
});

describe('readRuleFile', () => {
  it('reads a file', async () => {
    const { rules } = await readRuleFile(fixture('rules.yaml'));
    expect(rules.map((rule) => rule.type)).toContain('invoice');
  });

  it('names the path that is not there', async () => {
    await expect(readRuleFile(fixture('no-rules.yaml'))).rejects.toThrow(/no-rules\.yaml/);
  });
});

describe('ruleFileJsonSchema', () => {
  const schema = z.fromJSONSchema(ruleFileJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const accepts = (content: unknown) => {
    try {
      parseRuleFile(JSON.stringify(content));
      return true;
    } catch {
      return false;
    }
  };

  it('accepts what the parser accepts, and nothing else', () => {
    const type = fc.constantFrom('invoice', '', 'a'.repeat(50), 'a'.repeat(51), 3);
    const description = fc.constantFrom('too short', 'long enough', 'd'.repeat(501));
    const rules = fc.array(fc.record({ type, description }, { requiredKeys: [] }), { maxLength: 2 });
    const parsing_configuration = fc.record(
      { lang: fc.constantFrom('en', 'x', null), max_pages: fc.constantFrom(0, 1, 2.5, null), pages: fc.constant('1') },
      { requiredKeys: [] },
    );
    const decision = fc.record(
      {
        floor: fc.constantFrom(-1, 0, 0.5, 2),
        thresholds: fc.constantFrom({}, { a: 0.5 }, { a: 3 }),
        engine: fc.constantFrom('auto', 7),
      },
      { requiredKeys: [] },
    );
    const file = fc.record({ rules, parsing_configuration, decision, more: fc.constant(1) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(file, rules), (content) => {
        expect(schema.safeParse(content).success).toBe(accepts(content));
      }),
      { numRuns: 500 },
    );
  });
});
