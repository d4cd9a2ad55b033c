import { describe, expect, it } from 'vitest';
import type { LayoutCue } from '../../knowledge/document-type.js';
import { textRecord } from '../../testing/make-record.js';
import { describeLayout } from './describe-layout.js';
import { documentFacts, layoutHolds } from './document-facts.js';
import { LayoutStatistics } from './layout-statistics.js';
import { quoteAt } from './quote.js';

const landscape = { width: 792, height: 612 };
const ledger = 'Rent 1,200.00\nPower 80.50\nWater 20.10';
const prose = 'Once upon a time there was a miller who had three sons and a cat.';
const holds = (cue: LayoutCue, record = textRecord(ledger)) => layoutHolds(cue, documentFacts(record));

describe('documentFacts', () => {
  it('adds up the pages that were read', () => {
    const { numbers } = documentFacts(textRecord([ledger, prose], { pageCount: 9 }));
    const [one, other] = [documentFacts(textRecord(ledger)).numbers, documentFacts(textRecord(prose)).numbers];
    expect(numbers.pages).toBe(9);
    expect(numbers.words_per_page).toBe((one.words_per_page + other.words_per_page) / 2);
    expect(numbers.money_rate).toBeGreaterThan(0);
    expect(numbers.money_rate).toBeLessThan(one.money_rate);
    expect(numbers.digit_share).toBeLessThan(one.digit_share);
  });

  it('has a number for everything, even of an empty page', () => {
    const { numbers, orientation } = documentFacts(textRecord(['']));
    expect(Object.values(numbers).every(Number.isFinite)).toBe(true);
    expect(orientation).toBeUndefined();
  });

  it('takes the orientation of most pages', () => {
    expect(documentFacts(textRecord(['a', 'b'], { size: landscape })).orientation).toBe('landscape');
    expect(documentFacts(textRecord('a', { size: { width: 600, height: 800 } })).orientation).toBe('portrait');
  });
});

describe('layoutHolds', () => {
  it('compares with a range, whose ends belong to it', () => {
    expect(holds({ feature: 'pages', min: 1, max: 1, weight: 'weak' })).toBe(true);
    expect(holds({ feature: 'pages', min: 2, weight: 'weak' })).toBe(false);
    expect(holds({ feature: 'pages', max: 0, weight: 'weak' })).toBe(false);
    expect(holds({ feature: 'money_rate', min: 10, weight: 'weak' })).toBe(true);
  });

  it('compares format and orientation', () => {
    expect(holds({ feature: 'format', in: ['txt', 'md'], weight: 'weak' })).toBe(true);
    expect(holds({ feature: 'format', in: ['pdf'], weight: 'weak' })).toBe(false);
    expect(
      holds({ feature: 'orientation', in: ['landscape'], weight: 'weak' }, textRecord('a', { size: landscape })),
    ).toBe(true);
    expect(holds({ feature: 'orientation', in: ['landscape', 'portrait'], weight: 'weak' })).toBe(false);
  });
});

describe('LayoutStatistics', () => {
  const statistics = new LayoutStatistics({
    numbers: { money_rate: [0, 0, 0, 0, 1, 5, 20] },
    shares: { txt: 0.2, landscape: 0.1 },
  });
  const ratio = (cue: LayoutCue, text = ledger) => statistics.logLikelihoodRatio(cue, documentFacts(textRecord(text)));

  it('speaks for a type where its layout is seen, and against it where not', () => {
    const cue: LayoutCue = { feature: 'money_rate', min: 1, weight: 'strong' };
    expect(ratio(cue)).toBeGreaterThan(0);
    expect(ratio(cue, prose)).toBeLessThan(0);
  });

  it('says more of a rare layout than of a usual one', () => {
    const rare = ratio({ feature: 'money_rate', min: 5, weight: 'strong' });
    expect(rare).toBeGreaterThan(ratio({ feature: 'money_rate', min: 0, weight: 'strong' }));
  });

  it('turns a cue against a type round', () => {
    expect(ratio({ feature: 'money_rate', min: 1, weight: 'against' })).toBeLessThan(0);
    expect(ratio({ feature: 'money_rate', min: 1, weight: 'against' }, prose)).toBeGreaterThan(0);
  });

  it('does not hold another format against a paper', () => {
    expect(ratio({ feature: 'format', in: ['eml'], weight: 'strong' })).toBe(0);
    expect(ratio({ feature: 'orientation', in: ['landscape'], weight: 'strong' })).toBe(0);
  });
});

describe('describeLayout', () => {
  it('says in words what is telling, each once', () => {
    const cues: LayoutCue[] = [
      { feature: 'format', in: ['pptx'], weight: 'strong' },
      { feature: 'money_rate', min: 1, weight: 'weak' },
      { feature: 'money_rate', min: 3, weight: 'weak' },
    ];
    expect(describeLayout(cues)).toEqual(['the PPTX format', 'amounts of money']);
  });

  it('is silent about what most documents look like', () => {
    expect(
      describeLayout([
        { feature: 'pages', max: 10, weight: 'weak' },
        { feature: 'money_rate', max: 9, weight: 'weak' },
      ]),
    ).toEqual([]);
  });
});

describe('quoteAt', () => {
  const quote = (text: string, words: string) => quoteAt(text, text.indexOf(words), text.indexOf(words) + words.length);

  it('gives the words on one line', () => {
    expect(quote('the balance\ndue now', 'balance\ndue')).toBe('balance due');
  });

  it('keeps the stop of an abbreviation, not that of a sentence', () => {
    expect(quote('Invoice No.: 17', 'Invoice No')).toBe('Invoice No.');
    expect(quote('Please pay the invoice. Thank you.', 'invoice')).toBe('invoice');
  });
});
