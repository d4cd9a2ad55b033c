import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DocumentRecord } from '../../documents/read-document.js';
import { readDocument } from '../../documents/read-document.js';
import { NO_KNOWLEDGE } from '../../knowledge/compiled-knowledge.js';
import { parseRuleSet, type Rule } from '../../rules/rule-set.js';
import { fixture } from '../../testing/fixtures.js';
import { makeKnowledge } from '../../testing/make-knowledge.js';
import { textRecord } from '../../testing/make-record.js';
import { fixtureRules } from '../../testing/test-rules.js';
import { EvidenceScorer } from './evidence-scorer.js';

const knowledge = makeKnowledge({
  types: [
    {
      id: 'invoice',
      aliases: ['bill'],
      strong: ['remit to', 'net 30'],
      weak: ['quantity'],
      negative: ['paid in cash'],
    },
    {
      id: 'receipt',
      strong: ['change given', 'paid in cash'],
      layout: [{ feature: 'money_rate', min: 5, weight: 'strong' }],
    },
    { id: 'insurance_policy', strong: ['sum insured'] },
  ],
  samples: { invoice: 'Remit the quantity, net 30', receipt: 'Change given for the quantity paid in cash' },
  languages: { fr: { insurance_policy: { aliases: ['police'], strong: ['assuré', 'conditions générales'] } } },
});
const layout = { numbers: {}, shares: {} };
const scorer = new EvidenceScorer({ knowledge, layout });
const INVOICE = { type: 'invoice', description: 'Whatever asks for money' };

/** Scores of rules for a document. */
async function score(document: DocumentRecord | string, rules: readonly Rule[], by = scorer) {
  const prepared = await by.prepare(parseRuleSet(rules));
  return prepared.score(typeof document === 'string' ? textRecord(document) : document);
}
const rawOf = async (document: DocumentRecord | string, rule: Rule, by = scorer) =>
  Number((await score(document, [rule], by)).rules[0]?.raw);
const backgroundOf = async (document: DocumentRecord | string, id: string) =>
  Number((await score(document, [INVOICE])).background.get(id)?.raw);

describe('what OCR misread', () => {
  const readBy = (method: 'ocr' | 'text', text: string): DocumentRecord => {
    const record = textRecord(text);
    return { ...record, pages: record.pages.map((page) => ({ ...page, method })) };
  };
  const policy = { type: 'insurance policy', description: 'Whatever is covered' };

  it('is found on pages that OCR read, and on no others', async () => {
    const [right, slips] = ['The sum insured by us', 'The sum lnsured by us'];
    const expected = await rawOf(readBy('text', right), policy);
    expect(await rawOf(readBy('ocr', right), policy)).toBe(expected);
    expect(await rawOf(readBy('ocr', slips), policy)).toBe(expected);
    expect(await rawOf(readBy('text', slips), policy)).toBeLessThan(expected);
  });

  it('is quoted as it was read', async () => {
    const { rules } = await score(readBy('ocr', 'The sum lnsured by us'), [policy]);
    expect(rules[0]?.evidence.map(({ quote }) => quote)).toContainEqual(expect.stringContaining('sum lnsured'));
  });

  it('is not mended away where it is a word of the rule', async () => {
    const rule = { type: 'folder 7', description: 'Speaks of lnsured' };
    const document = readBy('ocr', 'A letter of lnsured');
    expect(await rawOf(document, rule)).toBeGreaterThan(await rawOf(readBy('ocr', 'A letter of apples'), rule));
    const [alone] = (await score(document, [rule])).rules;
    const [, beside] = (await score(document, [policy, rule])).rules;
    expect(beside?.raw).toBe(alone?.raw);
  });
});

describe('what speaks for a rule', () => {
  it('are the cues of the type that it names', async () => {
    const rule = { type: 'bill', description: 'Whatever goes into this folder' };
    expect(await rawOf('Please remit to our account, net 30', rule)).toBeGreaterThan(
      await rawOf('Please write to our office soon', rule),
    );
  });

  it('is more when there are more of them, and most at the head', async () => {
    const filler = '\nand so on with words that say nothing at all'.repeat(40);
    const [none, late, early, both] = await Promise.all(
      [filler, `${filler}\nremit to`, `remit to\n${filler}`, `remit to net 30\n${filler}`].map((text) =>
        rawOf(text, INVOICE),
      ),
    );
    expect(late).toBeGreaterThan(none as number);
    expect(early).toBeGreaterThan(late as number);
    expect(both).toBeGreaterThan(early as number);
  });

  it('are also its own words, when it names a type and when it does not', async () => {
    for (const type of ['invoice', 'folder 7']) {
      const rule = { type, description: 'Speaks of gaskets and grommets' };
      expect(await rawOf('A box of grommets', rule)).toBeGreaterThan(await rawOf('A box of apples', rule));
    }
  });

  it('is the layout of the type', async () => {
    const receipt = { type: 'receipt', description: 'Whatever goes into this folder' };
    const [figures, words] = ['Bread $2.00\nMilk $1.50', 'Bread two\nMilk one and a half'];
    expect(await rawOf(figures, receipt)).toBeGreaterThan(await rawOf(words, receipt));
  });

  it('is the title, in formats whose text does not hold it', async () => {
    const page = 'A page that says nothing of the kind';
    const titled = textRecord(page, { format: 'pdf', title: 'Remit to us' });
    expect(await rawOf(titled, INVOICE)).toBeGreaterThan(await rawOf(textRecord(page, { format: 'pdf' }), INVOICE));
  });
});

describe('what speaks against a rule', () => {
  it('are negative cues', async () => {
    expect(await rawOf('remit to us, paid in cash', INVOICE)).toBeLessThan(
      await rawOf('remit to us, as ever', INVOICE),
    );
  });

  it('are the cues of a type that it says it does not mean', async () => {
    const description = 'Whatever asks for money';
    const text = 'net 30, change given';
    const plain = await rawOf(text, { type: 'invoice', description });
    expect(await rawOf(text, { type: 'invoice', description: `${description}, not a receipt` })).toBeLessThan(plain);
  });
});

describe('evidence', () => {
  it('stands where it says, in the text of its page', async () => {
    const document = await readDocument(fixture('documents/contract-3p.pdf'));
    const rule = { type: 'bill', description: 'An agreement of parties with clauses, services and termination' };
    const evidence = (await score(document, [rule])).rules[0]?.evidence ?? [];
    expect(evidence.length).toBeGreaterThan(2);
    for (const { page, start, end, quote } of evidence) {
      const text = document.pages.find((one) => one.number === page)?.text ?? '';
      expect(quote.startsWith(text.slice(start, end).replace(/\s+/g, ' '))).toBe(true);
      expect(quote).not.toContain('\n');
    }
  });

  it('tells cues of a type from words of the rule', async () => {
    const sheet = await score('Remit to: grommet works', [{ type: 'invoice', description: 'About a grommet or two' }]);
    const said = sheet.rules[0]?.evidence.map(({ quote, documentType }) => [quote, documentType]);
    expect(said).toContainEqual(['Remit to', 'invoice']);
    expect(said).toContainEqual(['grommet', undefined]);
    expect(sheet.rules[0]?.documentType).toBe('invoice');
  });

  it('is the strongest first', async () => {
    const evidence =
      (await score('quantity 7, remit to us', [INVOICE])).rules[0]?.evidence.filter((one) => one.documentType) ?? [];
    expect(evidence.map((one) => one.quote)).toEqual(['remit to', 'quantity']);
  });
});

describe('cues of other languages', () => {
  it('count in English documents too, but single words less: they may be a coincidence', async () => {
    const inFrench = (text: string) => backgroundOf(textRecord(text, { language: 'fr' }), 'insurance_policy');
    const inEnglish = (text: string) => backgroundOf(textRecord(text, { language: 'en' }), 'insurance_policy');
    expect(await inEnglish('The police came')).toBeLessThan(await inFrench('The police came'));
    expect(await inEnglish('conditions générales')).toBe(await inFrench('conditions générales'));
    expect(await inEnglish('sum insured')).toBe(await inFrench('sum insured'));
  });
});

describe('without knowledge', () => {
  const plain = new EvidenceScorer({ knowledge: NO_KNOWLEDGE, layout });

  it('rules work from their own words', async () => {
    const rule = { type: 'invoice', description: 'A bill with the amount due and the customer number' };
    expect(await rawOf('Customer number 7, amount due 12.00', rule, plain)).toBeGreaterThan(
      await rawOf('Once upon a time', rule, plain),
    );
  });

  it('there is no background, and any language will do', async () => {
    expect((await score('anything', [INVOICE], plain)).background.size).toBe(0);
    expect(plain.capabilities.languages).toBe('any');
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('the word "%s" is a word as any other', async (word) => {
    const rule = { type: 'reference', description: `Lists each ${word} of a class` };
    for (const by of [plain, scorer])
      expect(await rawOf(`The ${word} takes two arguments`, rule, by)).toBeGreaterThan(0);
  });
});

describe('independence of the rules', () => {
  let documents: readonly DocumentRecord[];
  let rules: readonly Rule[];

  beforeAll(async () => {
    const names = ['invoice-1p.pdf', 'minutes.txt', 'contract-de.docx'];
    documents = await Promise.all(names.map((name) => readDocument(fixture(`documents/${name}`))));
    const alternatives = [
      { type: 'invoice', description: 'A bill for services, not a receipt' },
      { type: 'minutes_or_letter', description: 'A record of those present, or a letter to a member' },
    ];
    rules = [...(await fixtureRules()), ...alternatives];
  });

  it.each([
    ['with knowledge', () => scorer],
    ['without', () => new EvidenceScorer({ knowledge: NO_KNOWLEDGE, layout })],
  ])('leaving out or reordering rules changes no score of another: %s', async (_, make) => {
    const by = make();
    for (const document of documents) {
      const all = await score(document, rules, by);
      const subset = fc.shuffledSubarray([...rules.keys()], { minLength: 1 });
      const property = fc.asyncProperty(subset, async (chosen) => {
        const some = await score(
          document,
          chosen.map((index) => rules[index] as Rule),
          by,
        );
        expect(some.rules.map(({ raw }) => raw)).toEqual(chosen.map((index) => all.rules[index]?.raw));
        expect(some.rules.map(({ evidence }) => evidence)).toEqual(chosen.map((index) => all.rules[index]?.evidence));
      });
      await fc.assert(property, { numRuns: 25 });
    }
  });

  it('scores a rule that is given twice the same twice', async () => {
    const [one, other] = (await score(documents[0] as DocumentRecord, [INVOICE, INVOICE])).rules;
    expect(one?.raw).toBe(other?.raw);
  });
});
