import { describe, expect, it } from 'vitest';
import { LetterGaps, type Separator } from './letter-gaps.js';

/** A letter 6 points wide and 12 high, at a place, before which PDFium says something. */
type Placed = readonly [letter: string, left: number, said?: Separator, bottom?: number];

function textOf(letters: readonly Placed[], isUpright = true): string {
  const gaps = new LetterGaps(isUpright);
  return letters
    .map(([letter, left, said = '', bottom = 100]) => {
      const before = gaps.before(
        said,
        letter.codePointAt(0) ?? 0,
        Float32Array.of(left, bottom + 12, left + 6, bottom),
      );
      return before + letter;
    })
    .join('');
}

describe('LetterGaps', () => {
  it('leaves letters together that touch or are kerned', () => {
    expect(
      textOf([
        ['a', 0],
        ['b', 6],
        ['c', 11.5],
        ['d', 18],
      ]),
    ).toBe('abcd');
  });

  it('ends a word at a gap that is far wider than those in it', () => {
    expect(
      textOf([
        ['a', 0],
        ['b', 6],
        ['c', 13.6],
        ['d', 19.6],
      ]),
    ).toBe('ab cd');
  });

  it('leaves letters together that are all spaced out', () => {
    expect(
      textOf([
        ['a', 0],
        ['b', 9],
        ['c', 18],
        ['d', 27],
      ]),
    ).toBe('abcd');
  });

  it('puts no blank between letters of scripts without them', () => {
    expect(
      textOf([
        ['发', 0],
        ['票', 6],
        ['号', 14],
      ]),
    ).toBe('发票号');
  });

  it('takes the pieces of a ligature for as wide as nobody knows', () => {
    expect(
      textOf([
        ['a', 0],
        ['f', 6],
        ['t', 6],
        ['e', 18],
      ]),
    ).toBe('afte');
  });

  it('puts a row together that PDFium breaks between letters', () => {
    expect(
      textOf([
        ['1', 0],
        ['3', 6, '\n'],
        ['-', 12, '\n'],
        ['J', 40, '\n'],
      ]),
    ).toBe('13- J');
  });

  it('leaves a line break before a letter that stands lower, or further left', () => {
    expect(
      textOf([
        ['a', 0],
        ['b', 6],
        ['c', 12, '\n', 86],
        ['d', 0, '\n', 86],
      ]),
    ).toBe('ab\nc\nd');
  });

  it('believes PDFium where lines do not run from left to right', () => {
    expect(
      textOf(
        [
          ['a', 0],
          ['b', 6, '\n'],
          ['c', 20],
        ],
        false,
      ),
    ).toBe('a\nbc');
    // Two letters of one word, one above the other, say how lines run.
    expect(
      textOf([
        ['a', 0],
        ['b', 0, '', 106],
        ['c', 7, '\n', 106],
      ]),
    ).toBe('ab\nc');
  });
});
