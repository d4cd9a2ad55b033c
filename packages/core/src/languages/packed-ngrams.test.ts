import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packValue, unpackValue } from '../knowledge/packed-value.js';
import { type Ngrams, type NgramTable, packNgrams, unpackNgrams } from './packed-ngrams.js';

const letters = fc.string({
  unit: fc.integer({ min: 1, max: 0xff }).map((code) => String.fromCharCode(code)),
  maxLength: 6,
});
const frequencies = fc.dictionary(fc.nat(59).map(String), fc.nat(255), { minKeys: 1 });

/** As a program finds them that was not the one to pack them. */
function kept(ngrams: Ngrams): Ngrams {
  return unpackNgrams(unpackValue(Buffer.from(packValue(packNgrams(ngrams)))) as NgramTable);
}

describe('packed n-grams', () => {
  it('are what was packed, and nothing else', () => {
    fc.assert(
      fc.property(fc.dictionary(letters, frequencies), fc.array(letters), (ngrams, others) => {
        const unpacked = kept(ngrams);
        for (const ngram of [...Object.keys(ngrams), ...others]) expect(unpacked[ngram]).toEqual(ngrams[ngram]);
      }),
    );
  });

  it('know nothing of what cannot be packed', () => {
    const unpacked = kept({ abc: { 1: 2 } });
    for (const ngram of ['abcdefg', 'äöü–', '\0abc', '']) expect(unpacked[ngram]).toBeUndefined();
  });

  it.each(['abcdefg', 'a–b', '\0abc'])('refuse %j', (ngram) => {
    expect(() => packNgrams({ [ngram]: { 1: 2 } })).toThrow('does not fit');
  });

  it('are all that the library has', async () => {
    const library = new URL('../../node_modules/eld/src/ngrams/extrasmall.js', import.meta.url);
    const { ngrams } = (await import(library.href)).ngramsData as { ngrams: Ngrams };
    const unpacked = kept(ngrams);
    const differing = Object.keys(ngrams).filter((ngram) => !isDeepStrictEqual(unpacked[ngram], ngrams[ngram]));
    expect(differing).toEqual([]);
    expect(Object.keys(ngrams).length).toBeGreaterThan(10_000);
  });
});
