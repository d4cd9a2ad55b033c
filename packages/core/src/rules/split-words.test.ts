import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from './split-words.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

function segmented(text: string): string[] {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

describe('splitWords', () => {
  it('finds the words of plain text as Intl.Segmenter does', () => {
    const signs = fc.constantFrom(...'abZ019 .,:;\'_-"/()\n–—“”’…');
    const plain = fc.string({ unit: fc.oneof(signs, fc.string({ minLength: 1, maxLength: 1 })), maxLength: 40 });
    fc.assert(
      fc.property(plain, (text) => {
        const wanted = segmented(text).filter((word) => !/^_+$/.test(word));
        expect(splitWords(text)).toEqual(wanted);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the words of text without blanks', () => {
    expect(splitWords('销售发票')).toEqual(segmented('销售发票'));
    expect(splitWords('销售发票').length).toBeGreaterThan(1);
    expect(splitWords('Rechnung für Müller, ___ 3 Stück')).toEqual(['Rechnung', 'für', 'Müller', '3', 'Stück']);
  });
});
