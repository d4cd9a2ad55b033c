import { describe, expect, it } from 'vitest';
import { textPage } from '../testing/make-record.js';
import { headRanges } from './head-ranges.js';
import { makePage } from './page.js';
import { SourceMap } from './source-map.js';

describe('makePage', () => {
  it('has no text when nothing readable came of it, whatever the reader says', () => {
    expect(makePage(3, { method: 'text', items: [{ text: ' \n\u200b ' }] })).toMatchObject({
      number: 3,
      method: 'none',
      text: '',
    });
  });

  it('keeps how the text was obtained', () => {
    expect(makePage(1, { method: 'ocr', items: [{ text: 'Receipt' }] }).method).toBe('ocr');
  });

  it.each([
    [{ width: 792, height: 612 }, 'landscape'],
    [{ width: 612, height: 792 }, 'portrait'],
  ])('tells the orientation of %j', (size, orientation) => {
    expect(textPage('Title', 1, size)).toMatchObject({ size, orientation });
  });

  it('has no size and orientation in formats without pages', () => {
    const page = textPage('Title');
    expect(page).not.toHaveProperty('size');
    expect(page).not.toHaveProperty('orientation');
  });

  it('is plain data: a copy of it still leads back to the source', () => {
    const items = [
      { text: 'Total ', box: { x: 0, y: 0, width: 60, height: 10 } },
      { text: 'due', box: { x: 70, y: 0, width: 30, height: 10 } },
    ];
    const page = JSON.parse(JSON.stringify(makePage(1, { method: 'text', items })));
    const at = page.text.indexOf('due');
    expect(new SourceMap(page.sourceMap).locate(at, at + 3)).toMatchObject([{ item: 1, box: { x: 70, width: 30 } }]);
  });
});

describe('headRanges', () => {
  const size = { width: 600, height: 800 };
  const head = (page: ReturnType<typeof makePage>) =>
    headRanges(page).map(({ start, end }) => page.text.slice(start, end));
  const line = (text: string, y: number) => ({ text: `${text}\n`, box: { x: 50, y, width: 200, height: 12 } });

  it('is the upper quarter of the page as it is seen, in whatever order the file holds it', () => {
    const items = [
      line('body', 400),
      line('footer', 780),
      line('letterhead', 30),
      line('subject', 190),
      line('dear', 210),
    ];
    expect(head(makePage(1, { method: 'text', size, items }))).toEqual(['letterhead', 'subject']);
  });

  it('is the start of the text when the upper quarter is empty', () => {
    const items = [line('title in the middle', 400), line('author', 500)];
    expect(head(makePage(1, { method: 'text', size, items }))).toEqual(['title in the middle\nauthor']);
  });

  it('is the start of the text in formats without geometry', () => {
    const page = textPage(`Minutes\n${'and so on '.repeat(500)}`);
    const [start] = head(page);
    expect(start).toMatch(/^Minutes\n/);
    expect((start as string).length).toBeLessThan(page.text.length / 2);
  });
});
