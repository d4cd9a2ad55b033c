import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textPage } from '../testing/make-record.js';
import { cutPassages } from './passages.js';

describe('cutPassages', () => {
  it('leaves a short page whole, and pages apart', () => {
    const passages = cutPassages([textPage('An invoice.', 1), textPage('', 2), textPage('Its terms.', 3)], 100);
    expect(passages).toEqual([
      { page: 1, start: 0, end: 11, text: 'An invoice.' },
      { page: 3, start: 0, end: 10, text: 'Its terms.' },
    ]);
  });

  it.each([
    ['a paragraph', `${'word '.repeat(15)}end.\n\nnext ${'word '.repeat(5)}.`, 'end.'],
    ['a line', `${'word '.repeat(15)}end\nnext ${'word '.repeat(10)}`, 'end'],
    ['a sentence', `${'word '.repeat(15)}end. Next ${'word '.repeat(10)}`, 'end.'],
    ['a word', 'word '.repeat(40), 'word'],
  ])('ends a passage behind %s', (_, text, last) => {
    const [first, second] = cutPassages([textPage(text)], 100);
    expect(first?.text.endsWith(last)).toBe(true);
    expect(second?.text).toMatch(/^[Nnw]/);
  });

  it('makes shorter passages of scripts without blanks', () => {
    const passages = cutPassages([textPage('合同双方'.repeat(100))], 200);
    expect(Math.max(...passages.map(({ text }) => text.length))).toBe(50);
  });

  it('loses no word, keeps to its length and parts no character', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '. ', '合', '😀', 'é'), maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), (raw, characters) => {
        const page = textPage(raw);
        const passages = cutPassages([page], characters);
        expect(
          passages
            .map((passage) => passage.text)
            .join('')
            .replace(/\s/g, ''),
        ).toBe(page.text.replace(/\s/g, ''));
        for (const passage of passages) {
          expect(page.text.slice(passage.start, passage.end)).toBe(passage.text);
          expect(passage.text.length).toBeLessThanOrEqual(characters + 1);
          expect(passage.text.isWellFormed?.() ?? true).toBe(true);
        }
      }),
      { seed: 20261123 },
    );
  });
});
