import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { LibraryTokeniser } from './library-tokeniser.js';
import { readPlainBert } from './plain-bert.js';
import { type OddText, readOddTexts, readRealTexts } from './testing/read-texts.js';
import type { WordPieceTokeniser } from './word-piece.js';

/** Where the library differs from Hugging Face's own: final sigmas, ideographs beyond 16 bits. */
const LIBRARY_DIFFERS = ['a\u{20000}b', 'ΟΔΟΣ ΣΟΦΟΣ', 'ΑΣ.Β ΑΣ’'];

let file: Buffer;
let odd: readonly OddText[];

beforeAll(async () => {
  file = await readFile(join(staticModelFolder, 'tokenizer.json'));
  odd = await readOddTexts();
});

function ours(content: unknown): WordPieceTokeniser {
  const tokeniser = readPlainBert(Buffer.from(JSON.stringify(content)));
  if (!tokeniser) throw new Error('not the plain kind');
  return tokeniser;
}

describe('WordPieceTokeniser', () => {
  it('gives the ids of Hugging Face for all that Unicode has', () => {
    const tokeniser = readPlainBert(file);
    expect(odd.length).toBe(276);
    for (const { text, ids } of odd) expect([text, tokeniser?.encode(text)]).toEqual([text, ids]);
  });

  it('gives the ids of the library for several hundred texts', async () => {
    const [tokeniser, library] = [readPlainBert(file), new LibraryTokeniser(JSON.parse(file.toString('utf8')))];
    const alike = odd.map(({ text }) => text).filter((text) => !LIBRARY_DIFFERS.includes(text));
    const texts = [...(await readRealTexts(100)), ...alike];
    expect(texts.length).toBeGreaterThan(350);
    for (const text of texts) expect([text, tokeniser?.encode(text)]).toEqual([text, library.encode(text)]);
    expect(tokeniser?.size).toBe(library.size);
  });

  it.each([
    { lowercase: false, strip_accents: null, handle_chinese_chars: true },
    { lowercase: false, strip_accents: true, handle_chinese_chars: false },
    { lowercase: true, strip_accents: false, handle_chinese_chars: true },
    { lowercase: true, strip_accents: true, handle_chinese_chars: false },
  ])('heeds the flags %o as the library does', (flags) => {
    const content = JSON.parse(file.toString('utf8'));
    Object.assign(content.normalizer, flags);
    const [tokeniser, library] = [ours(content), new LibraryTokeniser(content)];
    const differs = new Set(LIBRARY_DIFFERS);
    for (const { text } of odd.filter((one) => !differs.has(one.text))) {
      expect([text, tokeniser.encode(text)]).toEqual([text, library.encode(text)]);
    }
  });

  it('stops after as many pieces as are wanted', () => {
    const tokeniser = readPlainBert(file);
    const endless = 'invoices and receipts '.repeat(100_000);
    expect(tokeniser?.encode(endless, 5)).toEqual(tokeniser?.encode('invoices and receipts invoices and').slice(0, 5));
  });
});

describe('readPlainBert', () => {
  it('reads a file in which all but ASCII is escaped', () => {
    const escaped = file.toString('utf8').replace(/[^\0-\x7E]/g, (unit) => `\\u${hexadecimal(unit)}`);
    const tokeniser = readPlainBert(Buffer.from(escaped));
    for (const { text, ids } of odd) expect(tokeniser?.encode(text)).toEqual(ids);
  });

  it('reads a file with blanks and line breaks', () => {
    const spread = JSON.stringify(JSON.parse(file.toString('utf8')), undefined, 2).replaceAll('\n', '\r\n');
    const tokeniser = readPlainBert(Buffer.from(spread));
    for (const { text, ids } of odd) expect(tokeniser?.encode(text)).toEqual(ids);
  });

  it.each([
    ['another normaliser', { normalizer: { type: 'Lowercase' } }],
    ['another splitting', { pre_tokenizer: { type: 'Whitespace' } }],
    ['controls that stay', { normalizer: { type: 'BertNormalizer', clean_text: false } }],
    ['added words', { added_tokens: [{ id: 2, content: 'red' }] }],
  ])('leaves %s to the library', (_, change) => {
    const content = { ...JSON.parse(file.toString('utf8')), ...change };
    expect(readPlainBert(Buffer.from(JSON.stringify(content)))).toBeUndefined();
  });

  it('leaves what is cut off, or has no whole numbers as ids, to others', () => {
    expect(readPlainBert(file.subarray(0, 300_000))).toBeUndefined();
    const fractions = file.toString('utf8').replace(/("bank": *)(\d+)/, '$1$2.5');
    expect(readPlainBert(Buffer.from(fractions)) === undefined).toBe(true);
  });
});

function hexadecimal(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}
