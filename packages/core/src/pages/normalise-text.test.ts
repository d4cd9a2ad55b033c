import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceItem } from '../documents/document-reader.js';
import { normaliseText } from './normalise-text.js';
import { SourceMap } from './source-map.js';

const text = (...pieces: string[]) => normaliseText(pieces.map((piece) => ({ text: piece }))).text;

/** The source text that a phrase of the normalised text leads back to, item by item. */
function sourceOf(items: readonly SourceItem[], phrase: string, occurrence = 0): string[] {
  const normal = normaliseText(items);
  let at = -1;
  for (let count = 0; count <= occurrence; count++) at = normal.text.indexOf(phrase, at + 1);
  expect(at).toBeGreaterThanOrEqual(0);
  const spans = new SourceMap(normal.sourceMap).locate(at, at + phrase.length);
  return spans.map((span) => items[span.item]?.text.slice(span.start, span.end) ?? '');
}

describe('normaliseText', () => {
  it('collapses blanks and keeps line breaks, with at most one empty line', () => {
    expect(text('  Bill   to:\t\u00a0Acme \r\n\n\n\n  Total  ')).toBe('Bill to: Acme\n\nTotal');
  });

  it('joins a hyphenated line end and moves the line break behind the word', () => {
    expect(text('the inter-\nnational market\nrose')).toBe('the international\nmarket\nrose');
  });

  it('keeps hyphens that join no word', () => {
    expect(text('pages 3-\n5 and A-\nB, - \nlist')).toBe('pages 3-\n5 and A-\nB, -\nlist');
  });

  it('applies NFKC: ligatures, full-width forms, composed accents', () => {
    expect(text('ﬁnal oﬃce ＡＢＣ１ cafe\u0301')).toBe('final office ABC1 café');
  });

  it('drops control and format characters, and lone surrogates', () => {
    expect(text('a\u0000b\u00adc\u200bd\ufeffe\ud800f')).toBe('abcdef');
  });

  it('reads the bullets of symbol fonts', () => {
    expect(text('\uf0b7 first')).toBe('• first');
  });

  it('joins marks to the letter, sign or hyphen before them, wherever that stands', () => {
    expect(text('nai\u0308ve e\u0301')).toBe('na\u00efve \u00e9');
    expect(text('a-\u0301b <\u0338')).toBe('a-\u0301b \u226e');
    expect(text('abc-\ndef-', '\u0301')).toBe('abcdef-\u0301');
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const once = text(raw);
        expect(text(once)).toBe(once);
      }),
    );
  });
});

describe('the way back to the source', () => {
  it('leads a hyphenated word to both its parts', () => {
    const items = [{ text: 'The inter-\n' }, { text: 'national market' }];
    expect(sourceOf(items, 'international')).toEqual(['inter', 'national']);
  });

  it('leads the letters of a ligature to the ligature', () => {
    expect(sourceOf([{ text: 'Your ﬁnal oﬃce' }], 'final office')).toEqual(['ﬁnal oﬃce']);
    expect(sourceOf([{ text: 'Your ﬁnal' }], 'f')).toEqual(['ﬁ']);
  });

  it('tells two occurrences of a phrase apart', () => {
    const items = [{ text: 'Total  due\n' }, { text: 'and again ' }, { text: 'Total due' }];
    expect(sourceOf(items, 'Total due', 0)).toEqual(['Total  due']);
    expect(sourceOf(items, 'Total due', 1)).toEqual(['Total due']);
  });

  it('gives the part of the box that the phrase covers', () => {
    const items = [{ text: 'net  pay!', box: { x: 90, y: 20, width: 90, height: 10 } }];
    const normal = normaliseText(items);
    const [span] = new SourceMap(normal.sourceMap).locate(4, 7);
    expect(span).toMatchObject({ start: 5, end: 8, box: { x: 140, y: 20, height: 10 } });
    expect(span?.box?.width).toBeCloseTo(30);
  });

  it('leads every character of any text to source text that normalises to it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'B', ' ', '\n', '-', 'ﬁ', '１', 'é', '中') })),
        (pieces) => {
          const items = pieces.map((piece) => ({ text: piece }));
          const normal = normaliseText(items);
          const map = new SourceMap(normal.sourceMap);
          for (let at = 0; at < normal.text.length; at++) {
            const source = map.locate(at, at + 1).map((span) => items[span.item]?.text.slice(span.start, span.end));
            const character = normal.text.charAt(at);
            if (/\S/.test(character)) expect(source.join('').normalize('NFKC')).toContain(character);
          }
        },
      ),
    );
  });
});
