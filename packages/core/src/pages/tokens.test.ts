import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textPage } from '../testing/make-record.js';
import { foldWord, tokenise, tokensBetween } from './tokens.js';

const words = (text: string) => tokenise(text).words;

describe('tokenise', () => {
  it('folds case, accents and the plural s', () => {
    expect(words('Invoices INVOICE invoice')).toEqual(['invoice', 'invoice', 'invoice']);
    expect(words('Résumé RESUME')).toEqual(['resume', 'resume']);
    expect(words('Straße STRASSE Überweisung')).toEqual(['strasse', 'strasse', 'uberweisung']);
  });

  it('leaves punctuation out, so that spellings of a phrase are equal', () => {
    expect(words('Invoice No.:')).toEqual(words('invoice no'));
    expect(words('Bill-to')).toEqual(words('bill to'));
    expect(words("the seller's")).toEqual(words('the seller’s'));
  });

  it('keeps the signs that mean something', () => {
    expect(words('Invoice # 42 at 19 %')).toEqual(['invoice', '#', '42', 'at', '19', '%']);
    expect(words('§ 4, € 12, © 2020, ☐ no')).toEqual(['§', '4', '€', '12', '©', '2020', '☐', 'no']);
  });

  it('separates letters from digits', () => {
    expect(words('INV2024 4kg')).toEqual(['inv', '2024', '4', 'kg']);
  });

  it.each([
    ['Chinese', '发票号码', ['发', '票', '号', '码']],
    ['Japanese', '請求書カート', ['請', '求', '書', 'カ', 'ー', 'ト']],
  ])('gives one token for each character of %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('separates Chinese from Latin text beside it', () => {
    expect(words('发票No.12')).toEqual(['发', '票', 'no', '12']);
  });

  it('tells the first word of each line', () => {
    const tokens = tokenise('Dear Sir\n\nplease pay\nnow');
    expect(tokens.words.filter((_, index) => tokens.opensLine[index])).toEqual(['dear', 'please', 'now']);
  });

  it('leads each word back to where it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'É', 's', ' ', '\n', '.', '7', '票', 'ß', '#', '😀') }),
        (text) => {
          const tokens = tokenise(text);
          let end = 0;
          tokens.words.forEach((word, index) => {
            const [start, stop] = [tokens.starts[index] as number, tokens.ends[index] as number];
            expect(start).toBeGreaterThanOrEqual(end);
            expect(foldWord(text.slice(start, stop))).toBe(word);
            end = stop;
          });
        },
      ),
    );
  });

  it('finds the same words in ASCII text whether or not other text stands beside it', () => {
    const texts = fc.array(fc.constantFrom('Invoice', '42', '$', 'x9', ' ', '.', '-', '\n', 'classes'));
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('');
        expect(words(`${text} é`)).toEqual([...words(text), 'e']);
      }),
    );
  });
});

describe('foldWord', () => {
  it.each([
    ['invoices', 'invoice'],
    ['parties', 'party'],
    ['taxes', 'tax'],
    ['branches', 'branch'],
    ['addresses', 'address'],
  ])('takes %s and %s for the same', (plural, singular) => {
    expect(foldWord(plural)).toBe(foldWord(singular));
  });

  it.each(['address', 'basis', 'status', 'gas'])('is stable: %s', (word) => {
    expect(foldWord(foldWord(word))).toBe(foldWord(word));
  });
});

describe('tokensBetween', () => {
  it('gives what splitting the stretch gives, wherever it begins and ends', () => {
    const unit = fc.constantFrom('a', 'É', 's', ' ', '\n', '.', '7', '票', '\u0301', '#', '😀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.nat(40), fc.nat(40), (text, one, other) => {
        const [start, end] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)];
        expect(tokensBetween({ ...textPage('any'), text }, start, end)).toEqual(tokenise(text.slice(start, end)));
      }),
      { numRuns: 500 },
    );
  });
});

it('finds the tokens that the Unicode scripts and categories make', () => {
  const apart = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
  const pattern = new RegExp(`[#§©®№$€£¥%@☐☑☒□]|[${apart}ー]|(?:(?![${apart}])[\\p{L}\\p{M}])+|\\p{N}+`, 'gu');
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('ab', ' ', '42', 'é', '票', '²', '\u0301', '𝒜', '😀', '𠀀', '№', '\ud835'),
      fc.string({ unit: 'binary' }),
    ),
  });
  fc.assert(
    fc.property(text, (some) => {
      const found = [...some.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
      const { starts, ends } = tokenise(some);
      expect(starts.map((start, index) => [start, ends[index]])).toEqual(found);
    }),
    { numRuns: 500 },
  );
});
