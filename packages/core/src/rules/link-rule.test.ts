import { describe, expect, it } from 'vitest';
import { makeKnowledge } from '../testing/make-knowledge.js';
import { RuleLinker } from './link-rule.js';

const knowledge = makeKnowledge({
  types: [
    { id: 'invoice', aliases: ['bill', 'sales invoice'], broader: ['accounting document'] },
    { id: 'receipt', aliases: ['till receipt'], broader: ['accounting document'] },
    { id: 'contract', aliases: ['agreement'], broader: ['legal document'] },
    { id: 'employment_contract', broader: ['contract', 'legal document'] },
    { id: 'lease', aliases: ['rental agreement'], broader: ['legal document'] },
    { id: 'user_manual', aliases: ['manual'] },
    { id: 'datasheet' },
    { id: 'purchase_order', aliases: ['PO'] },
  ],
  languages: { de: { invoice: { aliases: ['Rechnung'] }, contract: { aliases: ['Vertrag'] } } },
});
const linker = new RuleLinker(knowledge);
const NEUTRAL = 'Whatever goes into this folder';

function link(type: string, description = NEUTRAL) {
  const { wanted, unwanted } = linker.link({ type, description });
  const nameOf = (index: number) => knowledge.types[index]?.id ?? '';
  return {
    wanted: wanted.map((one) => nameOf(one.type)),
    weightOf: (id: string) => wanted.find((one) => nameOf(one.type) === id)?.weight ?? 0,
    unwanted: unwanted.map(nameOf),
  };
}

describe('the label of a rule', () => {
  it.each(['invoice', 'Invoice', 'INVOICES', 'bill', 'Sales Invoice', 'salesInvoice', 'sales-invoice', 'Rechnung'])(
    '%s means invoice',
    (label) => {
      expect(link(label).wanted[0]).toBe('invoice');
      expect(link(label).weightOf('invoice')).toBe(link('invoice').weightOf('invoice'));
    },
  );

  it('may name a wider class: then it means each type of it, a little less surely', () => {
    const { wanted, weightOf } = link('accounting_document');
    expect(wanted).toEqual(['invoice', 'receipt']);
    expect(weightOf('invoice')).toBeLessThan(link('invoice').weightOf('invoice'));
  });

  it('means what stands at its end more than what stands at its beginning', () => {
    const { weightOf } = link('invoice_manual');
    expect(weightOf('user_manual')).toBeGreaterThan(weightOf('invoice'));
    expect(weightOf('invoice')).toBeGreaterThan(0);
  });

  it('means the longest name that stands in it', () => {
    expect(link('employment_contract').wanted[0]).toBe('employment_contract');
    expect(link('rental_agreement').wanted).toEqual(['lease']);
  });

  it.each(['manual_or_datasheet', 'manual/datasheet', 'DatasheetOrManual', 'Manual & Datasheet'])(
    '%s means both',
    (label) => {
      const { weightOf } = link(label);
      expect(weightOf('user_manual')).toBe(link('manual').weightOf('user_manual'));
      expect(weightOf('datasheet')).toBe(link('datasheet').weightOf('datasheet'));
    },
  );

  it.each(['crossword', 'type_17', '🧾', '...', 'spam'])('%s means nothing that is known', (label) => {
    expect(link(label).wanted).toEqual([]);
  });
});

describe('the description of a rule', () => {
  it('says what an unknown label means', () => {
    expect(link('AP-1', 'An invoice that a supplier sends').wanted).toEqual(['invoice']);
    expect(link('Klasse 7', 'Eine Rechnung eines Lieferanten').wanted).toEqual(['invoice']);
  });

  it('says less than the label', () => {
    const { wanted } = link('invoice', 'A receipt of any sort');
    expect(wanted).toEqual(['invoice', 'receipt']);
  });

  it('gives examples that count, even late in a sentence', () => {
    const { weightOf } = link('legal', 'Papers that bind two parties, such as a lease or an employment contract');
    const { weightOf: aside } = link('legal', 'Papers that bind two parties, with a lease or an employment contract');
    for (const id of ['lease', 'employment_contract']) expect(weightOf(id)).toBeGreaterThan(aside(id));
  });

  it.each(['A letter with an invoice enclosed', 'A letter about an invoice', 'A letter that mentions the invoice'])(
    'links weakly what a document holds or speaks of: %s',
    (description) => {
      const { weightOf } = link('letter', description);
      expect(weightOf('invoice')).toBeGreaterThan(0);
      expect(weightOf('invoice')).toBeLessThan(0.3 * link('letter', 'An invoice of any sort').weightOf('invoice'));
    },
  );

  it.each([
    'A bill for goods, not a receipt',
    'A bill for goods. Not a receipt.',
    'A bill for goods, but no till receipt',
    'A bill for goods; excluding receipts',
    'A bill for goods rather than a receipt',
  ])('is understood when it says what is not meant: %s', (description) => {
    const { wanted, unwanted } = link('payable', description);
    expect(wanted).toEqual(['invoice']);
    expect(unwanted).toEqual(['receipt']);
  });

  it('means what comes after a negation has ended', () => {
    const { wanted, unwanted } = link('thing', 'Not a receipt. A contract of any kind.');
    expect(wanted[0]).toBe('contract');
    expect(unwanted).toEqual(['receipt']);
  });

  it('does not take away what the label names', () => {
    const { wanted, unwanted } = link('contract', 'An agreement, but not a contract of sale');
    expect(wanted[0]).toBe('contract');
    expect(unwanted).not.toContain('contract');
  });

  it('about things that nobody knows links nothing', () => {
    expect(link('crossword', 'A puzzle of black and white squares')).toMatchObject({ wanted: [], unwanted: [] });
  });
});

describe('links', () => {
  it('are the strongest first, within 0 and 1, and the same each time', () => {
    const rule = {
      type: 'invoice_or_bill',
      description: 'A contract, such as a lease, with a receipt, not a purchase order',
    };
    const { wanted } = linker.link(rule);
    const weights = wanted.map((one) => one.weight);
    expect(weights).toEqual([...weights].sort((one, other) => other - one));
    expect(weights.every((weight) => weight > 0 && weight <= 1)).toBe(true);
    expect(linker.link(rule)).toEqual(linker.link(rule));
  });
});

it('means every type of a class that its label names, whatever else bears the name', () => {
  const bills = makeKnowledge({
    types: [
      { id: 'invoice', broader: ['bill'] },
      { id: 'legislative_bill', aliases: ['bill'] },
    ],
  });
  const { wanted } = new RuleLinker(bills).link({ type: 'bill', description: NEUTRAL });
  expect(wanted.map((one) => bills.types[one.type]?.id)).toEqual(['legislative_bill', 'invoice']);
});

describe('a rule that names nothing', () => {
  const similarities = (values: Record<string, number>) => ({
    typeSimilarities: () => knowledge.types.map(({ id }) => values[id] ?? 0),
  });
  const rule = { type: 'AP-3', description: NEUTRAL };
  const linkedBy = (values: Record<string, number>, of = rule) =>
    new RuleLinker(knowledge, similarities(values)).link(of).wanted.map((one) => knowledge.types[one.type]?.id);

  it('means the types that are nearest in meaning, several at once', () => {
    expect(linkedBy({ invoice: 0.7, receipt: 0.62, contract: 0.5 })).toEqual(['invoice', 'receipt']);
  });

  it('means nothing when nothing is near', () => {
    expect(linkedBy({ invoice: 0.3, receipt: 0.2 })).toEqual([]);
  });

  it('leaves names alone where there are some', () => {
    expect(linkedBy({ receipt: 0.9 }, { type: 'invoice', description: NEUTRAL })).toEqual(['invoice']);
  });
});
