import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../pages/page.js';
import { PageSelection } from '../../pages/page-selection.js';
import { SourceMap, type SourceSpan } from '../../pages/source-map.js';
import { fixture } from '../../testing/fixtures.js';
import { linesOfText, pdfOfPages } from '../../testing/raw-pdf.js';
import { readDocument } from '../read-document.js';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { pdfReader } from './pdf-reader.js';

const read = async (name: string) => readDocument(fixture(name));

/** Where an occurrence of a quote stands. */
function locate(page: Page, quote: string, occurrence = 0): readonly SourceSpan[] {
  let at = -1;
  for (let count = 0; count <= occurrence; count++) at = page.text.indexOf(quote, at + 1);
  expect(at, `${quote} on the page`).toBeGreaterThanOrEqual(0);
  return new SourceMap(page.sourceMap).locate(at, at + quote.length);
}

function boxOf(page: Page, quote: string, occurrence?: number) {
  const [span] = locate(page, quote, occurrence);
  if (!span?.box) throw new Error(`${quote} has no box`);
  return { ...span.box, right: span.box.x + span.box.width, bottom: span.box.y + span.box.height };
}

describe('a rotated page', () => {
  it('is as wide as it is shown', async () => {
    const { pages } = await read('reading/rotated-page.pdf');
    expect(pages[0]).toMatchObject({ size: { width: 792, height: 612 }, orientation: 'landscape' });
  });

  it('has boxes where text stands as shown: upright text', async () => {
    const { pages } = await read('reading/rotated-page.pdf');
    const box = boxOf(pages[0] as Page, 'Quarterly freight volumes');
    expect(box.x).toBeCloseTo(72, 0);
    expect(box.bottom).toBeCloseTo(100, 0);
    expect(box.height).toBeGreaterThan(10);
    expect(box.width).toBeGreaterThan(150);
  });

  it('has boxes where text stands as shown: text that runs down', async () => {
    const { pages } = await read('reading/rotated-page.pdf');
    const box = boxOf(pages[0] as Page, 'Sideways margin note');
    expect(box.x).toBeCloseTo(500, 0);
    expect(box.y).toBeCloseTo(300, 0);
    expect(box.height).toBeGreaterThan(3 * box.width);
  });

  it('gives a part of text that runs down its part of the box', async () => {
    const { pages } = await read('reading/rotated-page.pdf');
    const [whole, last] = [boxOf(pages[0] as Page, 'Sideways margin note'), boxOf(pages[0] as Page, 'note')];
    expect(last.y).toBeGreaterThan(whole.y + whole.height / 2);
    expect(last.bottom).toBeCloseTo(whole.bottom);
    expect(last.x).toBe(whole.x);
  });
});

describe('the way from a quote to its place', () => {
  it('tells two occurrences of a phrase apart', async () => {
    const { pages } = await readDocument(pdfOfPages([linesOfText(['Total due 12', 'in words', 'Total due 34'])]));
    const [first, second] = [boxOf(pages[0] as Page, 'Total due', 0), boxOf(pages[0] as Page, 'Total due', 1)];
    expect(second.y - first.y).toBeCloseTo(28);
    expect(second.x).toBeCloseTo(first.x);
  });

  it('leads a word that was hyphenated at a line end to both its lines', async () => {
    const { pages } = await readDocument(pdfOfPages([linesOfText(['rules of the inter-', 'national market'])]));
    const boxes = locate(pages[0] as Page, 'international').map((span) => span.box);
    expect(boxes).toHaveLength(2);
    expect((boxes[1]?.y ?? 0) - (boxes[0]?.y ?? 0)).toBeCloseTo(14);
    expect(boxes[0]?.x).toBeGreaterThan(boxes[1]?.x ?? Number.POSITIVE_INFINITY);
  });

  it('joins the hyphenated words of a paper in two columns, and leads them to one column', async () => {
    const { pages } = await read('documents/paper-2col.pdf');
    const source = (await readText(pdfReader, await readFile(fixture('documents/paper-2col.pdf')))).text;
    const broken = [...source.matchAll(/(\p{Ll}{3,})-\s*\n\s*(\p{Ll}{3,})/gu)].map(([, start, end]) =>
      `${start}${end}`.normalize('NFKC'),
    );
    expect(broken.length).toBeGreaterThan(0);
    for (const word of broken) {
      expect(pages[0]?.text).toContain(word);
      const spans = locate(pages[0] as Page, word);
      expect(spans.length).toBeGreaterThan(1);
      expect(Math.abs((spans[0]?.box?.y ?? 0) - (spans[1]?.box?.y ?? 0))).toBeLessThan(30);
    }
  });

  it('leads a word with a ligature to where it stands', async () => {
    const raw = (await readText(pdfReader, await readFile(fixture('documents/paper-2col.pdf')))).text;
    const [ligated] = /\p{L}*\ufb01\p{L}*/u.exec(raw) ?? [];
    expect(ligated).toBeDefined();
    const { pages } = await read('documents/paper-2col.pdf');
    const word = (ligated as string).normalize('NFKC');
    expect(word).not.toBe(ligated);
    expect(boxOf(pages[0] as Page, word).width).toBeGreaterThan(0);
  });
});

describe('pdfReader', () => {
  it('reads Chinese whose font is not embedded', async () => {
    const { pages, language } = await read('documents/invoice-zh.pdf');
    expect(pages[0]?.text).toContain('发票');
    expect(pages[0]?.text).not.toContain('\ufffd');
    expect(language.code).toBe('zh');
  });

  it('reads the pages that are asked for, and no other', async () => {
    const manual = await readFile(fixture('documents/manual-40p.pdf'));
    const { pages, pageCount, pastEnd } = await readDocument(manual, {
      selection: PageSelection.parse({ targetPages: '39-41, 3' }),
    });
    expect(pageCount).toBe(40);
    expect(pages.map((page) => page.number)).toEqual([3, 39, 40]);
    expect(pastEnd).toBe('41');
    expect(pages[0]?.text).toBe((await readDocument(manual)).pages[2]?.text);
  });

  it('does not so much as look at the other pages: they may be damaged', async () => {
    const good = linesOfText(['a page with text']);
    const damaged = Buffer.from(
      Buffer.from(pdfOfPages([good, good]))
        .toString('latin1')
        .replace(/\/Type \/Page \/Parent/, '/Tipo /Xxxx /Parent'),
      'latin1',
    );
    const { pages } = await readDocument(damaged, { selection: PageSelection.parse({ targetPages: '2' }) });
    expect(pages.map((page) => page.text)).toEqual(['a page with text']);
  });

  it('gives the title of the metadata', async () => {
    const { title } = await read('documents/contract-3p.pdf');
    expect(title).toMatch(/\w/);
  });

  it('says that a page has no text', async () => {
    const blank = await readText(pdfReader, pdfOfPages(['', linesOfText(['text'])]));
    expect(blank).toMatchObject({ method: 'none', text: '', pageCount: 2 });
  });

  it('reads a flat file of many pages', async () => {
    const contents = Array.from({ length: 500 }, (_, page) => linesOfText([`this is page ${page + 1}`]));
    const { text, pageCount } = await readText(pdfReader, pdfOfPages(contents), { pageNumber: 499 });
    expect({ text: text.trim(), pageCount }).toEqual({ text: 'this is page 499', pageCount: 500 });
  });

  it('stops before it opens anything when the signal has aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const opened = pdfReader.open(pdfOfPages([linesOfText(['text'])]), { limits: TEST_LIMITS, signal });
    await expect(opened).rejects.toThrow('enough');
  });

  it('leaves the bytes of the caller as they are', async () => {
    const bytes = pdfOfPages([linesOfText(['text'])]);
    const before = Buffer.from(bytes).toString('hex');
    await readText(pdfReader, bytes);
    expect(Buffer.from(bytes).toString('hex')).toBe(before);
  });
});
