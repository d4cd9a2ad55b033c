import { describe, expect, it } from 'vitest';
import type { Evidence } from '../scoring/scorer.js';
import { textRecord } from '../testing/make-record.js';
import { fusedScore } from '../testing/make-sheet.js';
import { asConfidence } from './confidence.js';
import type { Candidate, Decision } from './decide.js';
import { writeReasoning } from './reasoning.js';

const cue = (quote: string, page = 1, documentType = 'invoice'): Evidence => ({
  page,
  start: 0,
  end: 0,
  quote,
  documentType,
  weight: 1,
});
const own = (quote: string, page = 1, weight = 0.5): Evidence => ({ page, start: 0, end: 0, quote, weight });

interface CandidateInput {
  readonly value?: number;
  readonly evidence?: readonly Evidence[];
  readonly documentType?: string;
  readonly layout?: readonly string[];
}

/** A candidate, with what a decision may record beside it left out. */
function candidate(type: string, confidence: number, { value = 1, ...shown }: CandidateInput = {}): Candidate {
  return {
    type,
    confidence: asConfidence(confidence),
    rule: 0,
    score: fusedScore(value, shown),
  } as Partial<Candidate> as Candidate;
}

function decided(candidates: readonly Candidate[], rest: Partial<Decision> = {}): Decision {
  const [best] = candidates as [Candidate];
  const [floor, margin] = [asConfidence(0.5), asConfidence(0.1)];
  return { type: best.type, confidence: best.confidence, floor, margin, candidates, ...rest };
}

const NAMES: Readonly<Record<string, string>> = {
  credit_note: 'credit note',
  exam: 'exam',
  meeting_minutes: 'meeting minutes',
};
const TWELVE_PAGES = textRecord(['a', 'b', 'c'], { pageCount: 12 });

function write(decision: Decision, document = TWELVE_PAGES, languages: readonly string[] | 'any' = ['en']): string {
  return writeReasoning({ decision, document, nameOf: (id) => NAMES[id] ?? id, languages });
}

const invoice = {
  documentType: 'invoice',
  evidence: ['Invoice No.', 'Bill to', 'Net 30', 'Balance due'].map((quote) => cue(quote)),
};

describe('the reasoning of a label', () => {
  it('reads as the example does', () => {
    const evidence = [...invoice.evidence, own('line items')];
    const text = write(decided([candidate('invoice', 0.94, { ...invoice, evidence }), candidate('receipt', 0.06)]));
    expect(text).toBe(
      'Page 1 reads "Invoice No.", "Bill to", "Net 30" and "Balance due", which mark an invoice; ' +
        'the rule also asks for "line items". Next: receipt (0.06). Read pages 1-3 of 12.',
    );
  });

  it('names the page of each quote, the title too', () => {
    const evidence = [cue('Annex', 3), cue('Invoice', 0), cue('Net 30')];
    expect(write(decided([candidate('invoice', 0.9, { ...invoice, evidence })]))).toBe(
      'The title reads "Invoice", page 1 "Net 30", page 3 "Annex", which mark an invoice. Read pages 1-3 of 12.',
    );
  });

  it('speaks of one quote in the singular', () => {
    const evidence = [cue('Certificate', 1, 'birth certificate')];
    const text = write(decided([candidate('x', 0.9, { documentType: 'birth certificate', evidence })]));
    expect(text).toMatch(/^Page 1 reads "Certificate", which marks a birth certificate\./);
  });

  it('quotes four cues at most, and none that stands in another', () => {
    const evidence = ['Invoice number', 'invoice', 'Bill to', 'Net 30', 'Qty', 'Due'].map((quote) => cue(quote));
    expect(write(decided([candidate('invoice', 0.9, { ...invoice, evidence })]))).toContain(
      'reads "Invoice number", "Bill to", "Net 30" and "Qty", which',
    );
  });

  it('tells what of the layout fits', () => {
    const text = write(
      decided([candidate('invoice', 0.9, { ...invoice, layout: ['many figures', 'amounts of money'] })]),
    );
    expect(text).toContain('which mark an invoice. Its layout fits: many figures and amounts of money. Read');
  });

  it('is content with the words of the rule, or the layout, or neither', () => {
    expect(write(decided([candidate('puzzle', 0.9, { evidence: [own('crossword'), own('clues', 2)] })]))).toBe(
      'Page 1 reads "crossword", page 2 "clues", which the rule asks for. Read pages 1-3 of 12.',
    );
    const slides = { documentType: 'slide deck', layout: ['the PPTX format'] };
    expect(write(decided([candidate('deck', 0.9, slides)]))).toMatch(
      /^The layout fits a slide deck: the PPTX format\./,
    );
    expect(write(decided([candidate('thing', 0.9)]))).toMatch(
      /^The text as a whole resembles the description of the rule\./,
    );
  });
});

describe('the reasoning of null', () => {
  const nearest = candidate('receipt', 0.12, {
    value: 1,
    documentType: 'receipt',
    evidence: [cue('Total', 1, 'receipt')],
  });
  const nothing = { type: null, rejection: 'under_floor' } as const;

  it('names the nearest rule and the floor', () => {
    expect(write(decided([nearest, candidate('letter', 0.02)], nothing))).toBe(
      'No rule fits: the nearest is receipt (0.12), under the floor of 0.50. Read pages 1-3 of 12.',
    );
  });

  it('says what the document looks like instead, and why', () => {
    const background = {
      id: 'credit_note',
      score: fusedScore(9, { evidence: [cue('Credit note', 2), cue('Refund', 2)], documentType: 'credit note' }),
    };
    expect(write(decided([nearest], { ...nothing, background }))).toBe(
      'No rule fits: the nearest is receipt (0.12), under the floor of 0.50. ' +
        'It looks more like a credit note: page 2 reads "Credit note" and "Refund". Read pages 1-3 of 12.',
    );
  });

  it.each([
    ['exam', 'an exam'],
    ['meeting_minutes', 'meeting minutes'],
  ])('finds the article of %s', (id, name) => {
    const background = {
      id,
      score: fusedScore(9, { evidence: [cue('Agenda', 1, id), cue('Any other business', 1, id)] }),
    };
    expect(write(decided([nearest], { ...nothing, background }))).toContain(
      `It looks more like ${name}: page 1 reads "Agenda" and`,
    );
  });

  it('says nothing of what fits worse than the nearest rule', () => {
    const background = {
      id: 'exam',
      score: fusedScore(0.5, { evidence: [cue('Question 1', 1, 'exam'), cue('Marks', 1, 'exam')] }),
    };
    expect(write(decided([nearest], { ...nothing, background }))).not.toContain('looks more like');
  });

  it('names two labels that are too close', () => {
    const candidates = [candidate('invoice', 0.71), candidate('receipt', 0.68)];
    expect(write(decided(candidates, { type: null, rejection: 'within_margin' }))).toBe(
      'No rule fits clearly: invoice (0.71) and receipt (0.68) are closer together than the margin of 0.10. Read pages 1-3 of 12.',
    );
  });
});

describe('what the reasoning says of the pages', () => {
  const decision = decided([candidate('invoice', 0.9, invoice)]);

  it('names one page', () => {
    expect(write(decision, textRecord('a'))).toMatch(/ Read page 1 of 1\.$/);
  });

  it('names pages without text', () => {
    expect(write(decision, textRecord(['a', '', 'c', '']))).toMatch(/ Read pages 1-4 of 4\. No text on pages 2, 4\.$/);
    expect(write(decision, textRecord(['a', '']))).toMatch(/ No text on page 2\.$/);
  });

  it('names pages past the end', () => {
    expect(write(decision, textRecord('a', { pastEnd: '12, 15-20' }))).toMatch(
      / Pages past the end were asked for: 12, 15-20\.$/,
    );
  });
});

describe('what the reasoning says of the language', () => {
  const decision = decided([candidate('invoice', 0.9, invoice)]);
  const said = /The text is in Swahili \(sw\), of which the knowledge has no cues/;

  it('names a language that nothing is known of', () => {
    expect(write(decision, textRecord('a', { language: 'sw' }), ['en', 'de'])).toMatch(said);
  });

  it('says nothing of other languages, of an unknown one, and where no knowledge is used', () => {
    expect(write(decision, textRecord('a', { language: 'de' }), ['en', 'de'])).not.toContain('The text is in');
    expect(write(decision, textRecord('a', { language: 'und' }), ['en'])).not.toContain('The text is in');
    expect(write(decision, textRecord('a', { language: 'sw' }), 'any')).not.toContain('The text is in');
  });

  it('does not fail on a hint that is no language', () => {
    expect(write(decision, textRecord('a', { language: 'not a language' }), ['en'])).toContain('Read page 1 of 1.');
  });
});
