import { describe, expect, it } from 'vitest';
import type { SourceItem } from '../documents/document-reader.js';
import { makePage } from './page.js';
import { quoteBoxes } from './quote-boxes.js';

const word = (text: string, x: number, y: number): SourceItem => {
  return { text, box: { x, y, width: text.length * 10, height: 10 } };
};

function pageOf(items: readonly SourceItem[]) {
  return makePage(1, { method: 'text', items, size: { width: 200, height: 100 } });
}

describe('quoteBoxes', () => {
  const page = pageOf([word('Total ', 20, 10), word('due ', 75, 11), { text: '\n' }, word('today', 20, 30)]);

  const quote = (text: string) => {
    const start = page.text.indexOf(text);
    return { start, end: start + text.length, quote: text.replace(/\s+/g, ' ') };
  };

  it('joins the words of a line, in shares of the page', () => {
    expect(quoteBoxes(page, quote('Total due'))).toEqual([
      { x: 0.1, y: 0.1, width: expect.closeTo(0.425, 3), height: expect.closeTo(0.11, 6) },
    ]);
  });

  it('gives each line a box of its own', () => {
    const boxes = quoteBoxes(page, { ...quote('due'), end: page.text.length, quote: 'due today' });
    expect(boxes.map(({ y }) => y)).toEqual([0.11, 0.3]);
  });

  it('gives words far apart on a line boxes of their own', () => {
    const columns = pageOf([word('left', 0, 10), word(' right', 120, 10)]);
    expect(quoteBoxes(columns, { start: 0, end: 10, quote: 'left right' })).toHaveLength(2);
  });

  it('stays on the page, whatever the document says of itself', () => {
    const [box] = quoteBoxes(pageOf([word('huge', 190, -5)]), { start: 0, end: 4, quote: 'huge' });
    expect(box).toEqual({ x: 0.95, y: 0, width: expect.closeTo(0.05, 6), height: 0.05 });
  });

  it('gives nothing where the page has other words, or no geometry', () => {
    expect(quoteBoxes(page, { ...quote('Total'), quote: 'Amount' })).toEqual([]);
    const text = makePage(1, { method: 'text', items: [{ text: 'Total' }] });
    expect(quoteBoxes(text, { start: 0, end: 5, quote: 'Total' })).toEqual([]);
  });
});
