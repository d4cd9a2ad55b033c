import { describe, expect, it } from 'vitest';
import { makePage, type Page } from '../../pages/page.js';
import { ocrSettingsOf } from './ocr-settings.js';
import { areReadAsWanted, needNoOcr, nextPageForOcr, readableWords, saysMore } from './page-needs-ocr.js';

const LETTER = `Dear Mrs Smith, thank you for your letter about the delivery of garden chairs. We regret that they arrived
damaged, and shall send others without delay. Please keep those for our driver, who will collect them on Friday.`;
const LONG = `${LETTER} Meanwhile the accounts department has credited the amount to your customer account, together with postage
and packing. Should anything else be missing, write to the address below or telephone between nine and five; our colleagues
are always glad to help regular customers with questions about orders, invoices, returns, guarantees or spare parts.`;

function page(number: number, text: string, more: Partial<Page> = {}): Page {
  return { ...makePage(number, { method: 'text', items: text === '' ? [] : [{ text }] }), ...more };
}
const ocr = { confidence: 80, languages: ['eng'] };
const AUTO = ocrSettingsOf({});

describe('readableWords', () => {
  it('counts different words', () => {
    expect(readableWords('the cat and The CAT 2024').size).toBe(3);
    expect(readableWords(LETTER).size).toBeGreaterThan(20);
    expect(readableWords('請求書 合計').size).toBeGreaterThanOrEqual(5);
    expect(readableWords('договор аренды').size).toBe(2);
  });

  it.each([
    ['private use', '\uE001\uE002\uE003 \uE004\uE005 Page'],
    ['replacements', '\uFFFD\uFFFD\uFFFD\uFFFD total'],
    [
      'letters shifted by a font',
      'Wklv lv d vfdq zlwk d ihz zrugv lq lw dqg qrwklqj hovh wkdw rqh frxog uhdg'.replaceAll(/[aeiou]/g, 'x'),
    ],
  ])('finds none in garbage: %s', (_, text) => expect(readableWords(text).size).toBe(0));

  it('sees what is odd, and letters that are words, all over Unicode', () => {
    const plane = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    const odd = plane.filter((sign) => /[\p{Co}\p{Cn}\uFFFD\p{Cc}]/u.test(sign) && !/\s/.test(sign));
    const words = plane.filter((sign) =>
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(sign),
    );
    expect(odd.filter((sign) => readableWords(`some words ${sign.repeat(4)}`).size > 0)).toEqual([]);
    expect(words.filter((sign) => readableWords(`some words ${sign}`).size < 3)).toEqual([]);
  });
});

describe('nextPageForOcr', () => {
  it('leaves documents with text alone, however many of their pages are empty', () => {
    expect(nextPageForOcr([page(1, ''), page(2, LETTER)], AUTO)).toBeUndefined();
    expect(needNoOcr([page(1, LETTER)])).toBe(true);
  });

  it('takes the first page without text, then the next, as long as they say too little and no more than so many', () => {
    const [first, second, third] = [page(1, ''), page(2, ''), page(3, '')];
    expect(nextPageForOcr([first, second, third], AUTO)).toBe(first);
    expect(nextPageForOcr([{ ...first, ocr }, second, third], AUTO)).toBe(second);
    expect(nextPageForOcr([page(1, LONG, { ocr, method: 'ocr' }), second], AUTO)).toBeUndefined();
    expect(nextPageForOcr([{ ...first, ocr }, second], ocrSettingsOf({ ocrMaxPages: 1 }))).toBeUndefined();
    expect(nextPageForOcr([{ ...first, ocr }, { ...second, ocr }, third], ocrSettingsOf({ ocrMaxPages: 0 }))).toBe(
      third,
    );
  });

  it('takes a scan with a stamp on each page for one, and a short page without a picture for none', () => {
    const stamped = [1, 2, 3].map((number) =>
      page(number, `Scanned by the registry, page ${number}`, { pictureShare: 1 }),
    );
    expect(nextPageForOcr(stamped, AUTO)).toBe(stamped[0]);
    expect(nextPageForOcr([page(1, 'Annual report 2024', { pictureShare: 0.1 })], AUTO)).toBeUndefined();
  });

  it('takes garbage for none, whatever pictures there are', () => {
    const garbage = page(1, '\uE001\uE002\uE003\uE004\uE005', { pictureShare: 0 });
    expect(nextPageForOcr([garbage], AUTO)).toBe(garbage);
  });

  it('takes none when it is off, each one when it is always, and never a damaged one', () => {
    expect(nextPageForOcr([page(1, '')], ocrSettingsOf({ ocr: 'off' }))).toBeUndefined();
    expect(nextPageForOcr([page(1, LETTER)], ocrSettingsOf({ ocr: 'always' }))?.number).toBe(1);
    expect(nextPageForOcr([page(1, '', { damage: 'torn' })], AUTO)).toBeUndefined();
  });
});

describe('areReadAsWanted', () => {
  it('knows pages again that were read as they would be today', () => {
    const read = page(1, LONG, { ocr, method: 'ocr' });
    expect(areReadAsWanted([read, page(2, '')], AUTO)).toBe(true);
    expect(areReadAsWanted([page(2, '')], AUTO)).toBe(false);
  });

  it('refuses more pages by OCR than today would be read', () => {
    const read = (number: number, text: string) => page(number, text, { ocr, method: 'ocr' });
    expect(areReadAsWanted([read(1, LONG), read(2, LONG)], AUTO)).toBe(false);
    expect(
      areReadAsWanted(
        [1, 2, 3, 4].map((number) => read(number, 'little')),
        AUTO,
      ),
    ).toBe(false);
    expect(areReadAsWanted([page(1, LETTER), read(2, LONG)], AUTO)).toBe(false);
  });
});

describe('saysMore', () => {
  it('prefers text that the document came with, unless OCR finds much more', () => {
    expect(saysMore(LETTER, 'Scanned by the registry')).toBe(true);
    expect(saysMore(LETTER, LETTER)).toBe(false);
    expect(saysMore('', '')).toBe(false);
    expect(saysMore('12.50', '')).toBe(true);
  });
});
