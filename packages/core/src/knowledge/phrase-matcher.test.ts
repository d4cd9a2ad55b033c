import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise } from '../pages/tokens.js';
import { foldPhrase, PhraseMatcher } from './phrase-matcher.js';

/** The phrases found in a text, in the order in which they are told. */
function find(phrases: readonly string[], text: string): string[] {
  const found: string[] = [];
  new PhraseMatcher(phrases.map(foldPhrase)).match(tokenise(text), (phrase) => found.push(phrases[phrase] as string));
  return found;
}

/** Does the same slowly, word by word. */
function findNaively(phrases: readonly string[], text: string): string[] {
  const { words, opensLine } = tokenise(text);
  const found: string[] = [];
  phrases.forEach((phrase, index) => {
    const wanted = tokenise(phrase.replace(/^\^|\$$/g, '')).words;
    for (let first = 0; wanted.length > 0 && first + wanted.length <= words.length; first++) {
      const end = first + wanted.length;
      const equal = wanted.every((word, at) => words[first + at] === word);
      const opens = !phrase.startsWith('^') || opensLine[first] === 1;
      const closes = !phrase.endsWith('$') || end === words.length || opensLine[end] === 1;
      if (equal && opens && closes) found.push(`${index} ${first} ${end - 1}`);
    }
  });
  return found.sort();
}

describe('PhraseMatcher', () => {
  it('finds phrases whatever their case, accents, plural and punctuation', () => {
    expect(find(['invoice no', 'résumé'], 'INVOICES No.: 7 of the Resume')).toEqual(['invoice no', 'résumé']);
  });

  it('matches whole words', () => {
    expect(find(['due', 'art'], 'undue dues party')).toEqual(['due']);
  });

  it('tells the longest first at each place, then shorter ones and those that overlap', () => {
    expect(find(['tax', 'tax return', 'return form', 'income tax return'], 'income tax return form')).toEqual([
      'income tax return',
      'tax return',
      'tax',
      'return form',
    ]);
  });

  it.each([
    ['^dear', 'Dear Sir\nmy dear friend\n  dear all', 2],
    ['ingredients$', 'Ingredients\nthe ingredients are\nall ingredients:', 2],
    ['^abstract$', 'Abstract\nabstract art\nan abstract\nABSTRACT.', 2],
    ['^bill to$', 'Bill to:\nbill to you', 1],
  ])('keeps to its anchors: %s', (phrase, text, times) => {
    expect(find([phrase], text)).toHaveLength(times);
  });

  it('tells an anchored phrase before the same one without anchors', () => {
    expect(find(['invoice', '^invoice$', '^invoice'], 'Invoice')).toEqual(['^invoice$', '^invoice', 'invoice']);
  });

  it('does not mind the same phrase twice', () => {
    expect(find(['net pay', 'Net Pay'], 'net pay')).toEqual(['net pay', 'Net Pay']);
  });

  it('never finds a phrase without a word in it', () => {
    expect(find(['', '...', '^$', '^', '$'], 'anything ... at all\n\n')).toEqual([]);
  });

  it('finds Chinese inside of a text without blanks', () => {
    expect(find(['发票号码', '发票'], '增值税发票号码:12')).toEqual(['发票号码', '发票']);
  });

  it('finds phrases across the end of a line', () => {
    expect(find(['balance due'], 'Balance\ndue')).toEqual(['balance due']);
  });

  it('equals a naive search, with thousands of phrases', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'tax', 'net', 'pay', '票');
    const phrase = fc
      .tuple(fc.boolean(), fc.array(word, { minLength: 1, maxLength: 6 }), fc.boolean())
      .map(([opens, words, closes]) => `${opens ? '^' : ''}${words.join(' ')}${closes ? '$' : ''}`);
    const text = fc
      .array(fc.oneof(word, fc.constant('\n'), fc.constant('.')), { maxLength: 60 })
      .map((words) => words.join(' '));
    const phrases = fc.array(phrase, { minLength: 2000, maxLength: 3000 });
    fc.assert(
      fc.property(phrases, fc.array(text, { minLength: 1, maxLength: 5 }), (list, texts) => {
        const matcher = new PhraseMatcher(list.map(foldPhrase));
        for (const one of texts) {
          const found: string[] = [];
          matcher.match(tokenise(one), (...match) => found.push(match.join(' ')));
          expect(found.sort()).toEqual(findNaively(list, one));
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('foldPhrase', () => {
  it('gives spellings that match the same text the same key', () => {
    expect(foldPhrase('Invoice No.')).toBe(foldPhrase('INVOICES no'));
    expect(foldPhrase('^Résumé$')).toBe(foldPhrase('^resume$'));
    expect(foldPhrase('^resume')).not.toBe(foldPhrase('resume'));
  });

  it.each(['', '...', '^', '^$'])('is empty for a phrase without a word: %j', (phrase) => {
    expect(foldPhrase(phrase)).toBe('');
  });
});
