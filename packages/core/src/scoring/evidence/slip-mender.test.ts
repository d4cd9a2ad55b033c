import { describe, expect, it } from 'vitest';
import { tokenise } from '../../pages/tokens.js';
import { SlipMender } from './slip-mender.js';

const WANTED = ['invoice', 'return', 'warning', 'total', 'department', 'agreement', 'modern', 'statement', 'clause'];
const WORDS = new Set([...WANTED, 'the', 'in', 'voice', 'we', 'read', 'house', 'departments', 'modem']);
const mender = new SlipMender({ wanted: new Set(WANTED), isWord: (word) => WORDS.has(word) });
const mend = (text: string) => mender.mend(tokenise(text), text);

describe('SlipMender', () => {
  it.each([
    ['letters that look alike', 'lnvoice retum waming', 'invoice return warning'],
    ['digits in words', '1nvoice T0TAL c1ause', 'invoice total clause'],
    ['one letter of a long word', 'deparment agreemant staternent', 'department agreement statement'],
    ['words in pieces', 'agree ment depart-\nMent', 'agreement department'],
  ])('mends %s', (_, text, mended) => {
    expect(mend(text).words.join(' ')).toBe(mended);
  });

  it.each([
    ['what is a word as it is', 'modem house in voice'],
    ['short words', 'tota wam'],
    ['numbers', '10 2024 1002'],
    ['what is too long for a word', `${'il1'.repeat(2000)} ${'i'.repeat(5000)}`],
    ['another form of a word, as which a slip at its end would look', 'agreemend statemend'],
    ['pieces that do not belong together', 'agree. ment'],
  ])('leaves %s alone', (_, text) => {
    expect(mend(text)).toEqual(tokenise(text));
  });

  it('leaves a word alone that may be either of two', () => {
    const two = new SlipMender({ wanted: new Set(['later', 'liter']), isWord: () => false });
    const either = new SlipMender({ wanted: new Set(['turned', 'tumed']), isWord: (word) => word === 'turned' });
    expect(two.mend(tokenise('1iter iiter'), '1iter iiter').words).toEqual(['liter', 'liter']);
    expect(either.mend(tokenise('turned'), 'turned').words).toEqual(['turned']);
    const clash = new SlipMender({ wanted: new Set(['mister', 'misler']), isWord: () => false });
    expect(clash.mend(tokenise('misier'), 'misier').words).toEqual(['misier']);
  });

  it('keeps where words stand', () => {
    const text = 'the 1nvoice\nagree ment';
    const { words, starts, ends, opensLine } = mend(text);
    expect(words).toEqual(['the', 'invoice', 'agreement']);
    expect(words.map((_, index) => text.slice(starts[index], ends[index]))).toEqual(['the', '1nvoice', 'agree ment']);
    expect(opensLine).toEqual([1, 0, 1]);
  });
});
