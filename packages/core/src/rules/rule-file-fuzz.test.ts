import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DocketError } from '../errors.js';
import { propertyRuns } from '../testing/property-runs.js';
import { parseRuleFile } from './rule-file.js';

const yaml = `# what we get by mail
rules: &all
  - type: invoice
    description: A bill with an invoice number
  - { type: "letter", description: 'A letter with a salutation' }
parsing_configuration: { lang: de, target_pages: "1, 3-4", max_pages: 5 }
decision:
  floor: 0.6
  thresholds: { invoice: 0.8 }
`;

/** What means something in YAML. */
const PIECES = ['&a ', '*a', '*all', '<<: ', '!!binary ', '!!js/function ', '!x ', '? ', ': ', '- ', '\n', '\t', '  '];
const MORE_PIECES = [
  '---\n',
  '...\n',
  '%YAML 9.9\n',
  '|\n',
  '>-2\n',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '\0',
  '\ud800',
];
const NUMBERS = [
  '1e999',
  '0x1F',
  '.nan',
  '.inf',
  '-.inf',
  '1_000',
  '0o9',
  '2001-12-14',
  '~',
  'null',
  'yes',
  '__proto__',
];

/** Fails unless a text is a rule file or refused as one. */
function expectResultOrRefusal(text: string): void {
  try {
    const { rules } = parseRuleFile(text);
    expect(rules.length).toBeGreaterThan(0);
    for (const { type, description } of rules) expect([typeof type, typeof description]).toEqual(['string', 'string']);
  } catch (error) {
    expect(error).toBeInstanceOf(DocketError);
    expect((error as DocketError).code).toMatch(/^request\.(invalid_rules|invalid_page_selection|stale_tuning)$/);
    // The message is for a terminal: long input must not flood it.
    expect((error as DocketError).message.length).toBeLessThan(20_000);
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

/** A rule file that was cut, and had pieces put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(yaml, JSON.stringify({ rules: [{ type: 'invoice', description: 'A bill with a number' }] })),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat({ max: 12 }),
        piece: fc.oneof(fc.constantFrom(...PIECES, ...MORE_PIECES, ...NUMBERS), fc.string({ maxLength: 5 })),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((damagedText, { at, cut, piece }) => {
      const start = Math.floor(at * damagedText.length);
      return damagedText.slice(0, start) + piece + damagedText.slice(start + cut);
    }, text),
  );

const word = fc.oneof(
  fc.constantFrom('invoice', '', 'a'.repeat(51), '__proto__', 'constructor', 'toString', '\0', '\ud800'),
  fc.string({ unit: 'binary' }),
  fc.anything({ withNullPrototype: true }),
);
const nearlyRule = fc.record(
  { type: word, description: fc.oneof(fc.constant('A bill with a number'), word) },
  { requiredKeys: [] },
);
const nearlyRuleFile = fc.record(
  {
    rules: fc.oneof(fc.array(nearlyRule, { maxLength: 3 }), fc.anything()),
    parsing_configuration: fc.oneof(
      fc.record({ lang: word, max_pages: fc.oneof(fc.double(), word), target_pages: word }, { requiredKeys: [] }),
      fc.anything(),
    ),
    decision: fc.oneof(
      fc.record(
        { floor: fc.double(), thresholds: fc.dictionary(fc.string(), fc.double()), rules: word },
        { requiredKeys: [] },
      ),
      fc.anything(),
    ),
    $schema: word,
    __proto__: fc.constant({ polluted: true }),
  },
  { requiredKeys: [] },
);

it('refuses any text that is no rule file, with an error of its own', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), expectResultOrRefusal), propertyRuns());
});

it('takes or refuses any damaged rule file', () => {
  fc.assert(fc.property(damaged, expectResultOrRefusal), propertyRuns(600));
});

it('takes or refuses any data, as JSON and as YAML', () => {
  const data = fc.oneof(nearlyRuleFile, fc.array(nearlyRule, { maxLength: 3 }), fc.anything());
  fc.assert(
    fc.property(data, (value) => {
      const json = writeOrNothing(() => JSON.stringify(value));
      const text = writeOrNothing(() => stringify(value));
      if (json !== undefined) expectResultOrRefusal(json);
      if (text !== undefined) expectResultOrRefusal(text);
    }),
    propertyRuns(500),
  );
});

it('reads back the rules that are written as JSON or YAML', () => {
  const type = fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme-ascii' });
  const description = fc.string({ minLength: 10, maxLength: 500, unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(fc.array(fc.record({ type, description }), { minLength: 1, maxLength: 4 }), (rules) => {
      const plain = rules.map((rule) => ({ ...rule }));
      expect(parseRuleFile(JSON.stringify(rules)).rules).toEqual(plain);
      expect(parseRuleFile(stringify({ rules })).rules).toEqual(plain);
    }),
    propertyRuns(),
  );
});

it.each([
  ['a list in lists', `rules: ${'['.repeat(20_000)}`],
  ['lists in lists, closed', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['objects in objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ['blocks in blocks', Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['a dash after the other', '- '.repeat(20_000)],
  ['aliases that multiply', aliasBomb()],
  ['an alias of itself', 'rules: &a [*a]'],
  ['many documents', '---\na: 1\n'.repeat(5000)],
  ['many keys', Array.from({ length: 3000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['one long word', 'x'.repeat(2_000_000)],
  ['a long comment', `#${'x'.repeat(2_000_000)}`],
])('refuses %s', (_what, text) => {
  expect(() => parseRuleFile(text)).toThrow(DocketError);
  expectResultOrRefusal(text);
});

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const items = level === 0 ? '"lol"' : Array.from({ length: 10 }, () => `*l${level - 1}`).join(', ');
    return `l${level}: &l${level} [${items}]`;
  });
  return `${levels.join('\n')}\nrules: *l11\n`;
}

/** Some data cannot be written at all: numbers of any size, circles, symbols. */
function writeOrNothing(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}
