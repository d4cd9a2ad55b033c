import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadLintTools } from '../../load-lint-tools.js';
import { readRuleFile } from '../rule-file.js';
import type { Rule } from '../rule-set.js';
import { type LintTools, lintRules } from './lint-rules.js';

let tools: LintTools;

beforeAll(async () => {
  tools = await loadLintTools();
});

const idsOf = (rules: readonly Rule[]) => lintRules(rules, tools).map(({ id }) => id);

const INVOICE = {
  type: 'invoice',
  description: 'A bill from a supplier with an invoice number, line items and the total due',
};
const RECIPE = {
  type: 'recipe',
  description: 'Instructions for cooking a dish, with ingredients, quantities and steps',
};
const MINUTES = {
  type: 'meeting_minutes',
  description: 'The record of a meeting: those present, decisions and actions',
};

test('has nothing to say of good rules', () => {
  expect(lintRules([INVOICE, RECIPE, MINUTES], tools)).toEqual([]);
});

test('has no warning for the rules of the fixtures', async () => {
  const { rules } = await readRuleFile(
    fileURLToPath(new URL('../../../../../test/fixtures/rules.yaml', import.meta.url)),
  );
  expect(lintRules(rules, tools).filter(({ severity }) => severity === 'warning')).toEqual([]);
});

describe('finds', () => {
  test.each<[string, Rule, Rule]>([
    ['vague-description', { type: 'invoice', description: 'All relevant documents of this type' }, INVOICE],
    ['catch-all', { type: 'other', description: 'Letters, forms and notes of all the remaining customers' }, INVOICE],
    [
      'catch-all',
      { type: 'letter', description: 'A letter to a customer, or anything else that does not belong to us' },
      MINUTES,
    ],
    ['catch-all', { type: 'Sonstiges', description: 'Briefe, Formulare und Notizen von Kunden' }, RECIPE],
    ['negation', { type: 'invoice', description: `${INVOICE.description}. Not a receipt.` }, INVOICE],
    ['opaque-type', { type: 'type_1', description: INVOICE.description }, INVOICE],
    ['opaque-type', { type: 'A', description: INVOICE.description }, { ...INVOICE, type: 'W-2 form' }],
    [
      'unlinked-rule',
      { type: 'Bug triage', description: 'Sorting of gargoyles on the roofs of old churches' },
      INVOICE,
    ],
    [
      'unknown-words',
      { ...INVOICE, description: 'A bill from a suplier with an invoice nummber and the total due' },
      INVOICE,
    ],
  ])('%s in %j and not in %j', (id, bad, good) => {
    expect(idsOf([bad])).toContain(id);
    expect(idsOf([good])).not.toContain(id);
  });

  test('rules that are read as the same document type', () => {
    const bill = { type: 'bill', description: 'An invoice that a supplier sends, with an amount to pay and a date' };
    const finding = lintRules([INVOICE, RECIPE, bill], tools).find(({ id }) => id === 'same-document-type');
    expect(finding).toMatchObject({ severity: 'warning', rules: [0, 2] });
    expect(finding?.message).toContain('invoice and bill are read as the same document type, invoice');
  });

  test('rules nearer to each other than documents are to either', () => {
    const one = { type: 'dream log', description: 'Notes of dreams of the night, written after waking up' };
    const other = { type: 'dream diary', description: 'Notes on dreams at night, written down after one wakes up' };
    expect(lintRules([one, INVOICE, other], tools)).toContainEqual(
      expect.objectContaining({ id: 'rules-too-close', severity: 'warning', rules: [0, 2] }),
    );
    expect(idsOf([{ ...one, type: 'dream diary' }, other])).not.toContain('rules-too-close');
    expect(idsOf([INVOICE, RECIPE])).not.toContain('rules-too-close');
  });

  test('the word that was meant', () => {
    const [finding] = lintRules(
      [{ ...INVOICE, description: 'A bill from a suplier with the total due and taxes' }],
      tools,
    );
    expect(finding).toMatchObject({ id: 'unknown-words', words: ['suplier'] });
    expect(finding?.message).toContain('"suplier" (supplier?)');
  });

  test('words of a field that nothing knows, without calling them wrong', () => {
    const rule = { type: 'invoice', description: 'Zorbl quxwyn flimbart vorpquill grundelzack' };
    expect(lintRules([rule], tools)).toContainEqual(
      expect.objectContaining({ id: 'unknown-words', severity: 'advice', words: expect.arrayContaining(['quxwyn']) }),
    );
  });
});

test('warnings come first, then the order of the rules; every finding says what to do', () => {
  const rules = [
    { ...INVOICE, description: `${INVOICE.description}, not a receipt` },
    { type: 'other', description: 'Everything else that comes in' },
  ];
  const findings = lintRules(rules, tools);
  expect(findings.map(({ severity }) => severity)).toEqual(
    [...findings.map(({ severity }) => severity)].sort().reverse(),
  );
  for (const { advice, message } of findings) expect([advice, message]).not.toContain('');
});
