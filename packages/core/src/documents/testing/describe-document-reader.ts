import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../pages/page.js';
import { PageSelection } from '../../pages/page-selection.js';
import { SourceMap } from '../../pages/source-map.js';
import { encryptedPdf } from '../../testing/encrypted-pdf.js';
import { fixture } from '../../testing/fixtures.js';
import { mappedPdf } from '../../testing/mapped-pdf.js';
import { linesOfText, pdfOfPages, rawPdf } from '../../testing/raw-pdf.js';
import type { DocumentReader, OpenDocument } from '../document-reader.js';
import type { DocumentSource } from '../document-source.js';
import type { PdfReaderName } from '../pdf/pdf-reader-names.js';
import { type ReadOptions, readDocument } from '../read-document.js';
import { boxOf, locate } from './places.js';
import { readText, TEST_LIMITS } from './read-text.js';

/** What every reader of PDF does alike; {@link DocumentReader} is the contract. */
export function describeDocumentReader(reader: DocumentReader, pdfReader: PdfReaderName): void {
  const document = (source: DocumentSource, options: ReadOptions = {}) =>
    readDocument(source, { ...options, pdfReader });
  const read = (name: string) => document(fixture(name));

  describe('a rotated page', () => {
    it('is as wide as it is shown', async () => {
      const { pages } = await read('reading/rotated-page.pdf');
      expect(pages[0]).toMatchObject({ size: { width: 792, height: 612 }, orientation: 'landscape' });
    });

    it('has boxes where text stands as shown: upright text', async () => {
      const { pages } = await read('reading/rotated-page.pdf');
      const box = boxOf(pages[0] as Page, 'Quarterly freight volumes');
      expect(box.x).toBeCloseTo(72, 0);
      // With or without what goes below the line.
      expect(box.bottom).toBeGreaterThan(99.5);
      expect(box.bottom).toBeLessThan(106);
      expect(box.height).toBeGreaterThan(10);
      expect(box.width).toBeGreaterThan(150);
    });

    it('has boxes where text stands as shown: text that runs down', async () => {
      const { pages } = await read('reading/rotated-page.pdf');
      const box = boxOf(pages[0] as Page, 'Sideways margin note');
      expect(box.x).toBeGreaterThan(494);
      expect(box.x).toBeLessThan(500.5);
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
      const { pages } = await document(pdfOfPages([linesOfText(['Total due 12', 'in words', 'Total due 34'])]));
      const [first, second] = [boxOf(pages[0] as Page, 'Total due', 0), boxOf(pages[0] as Page, 'Total due', 1)];
      expect(second.y - first.y).toBeCloseTo(28);
      expect(second.x).toBeCloseTo(first.x);
    });

    it('leads a word that was hyphenated at a line end to both its lines', async () => {
      const { pages } = await document(pdfOfPages([linesOfText(['rules of the inter-', 'national market'])]));
      const boxes = locate(pages[0] as Page, 'international').map((span) => span.box);
      expect(boxes).toHaveLength(2);
      expect((boxes[1]?.y ?? 0) - (boxes[0]?.y ?? 0)).toBeCloseTo(14);
      expect(boxes[0]?.x).toBeGreaterThan(boxes[1]?.x ?? Number.POSITIVE_INFINITY);
    });

    it('joins the hyphenated words of a paper in two columns, and leads them to one column', async () => {
      const { pages } = await read('documents/paper-2col.pdf');
      const source = (await readText(reader, await readFile(fixture('documents/paper-2col.pdf')))).text;
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
      const { pages } = await read('documents/paper-2col.pdf');
      expect(boxOf(pages[0] as Page, 'significant').width).toBeGreaterThan(0);
      const ligated = await document(mappedPdf('BT /F1 12 Tf 50 700 Td (of#ce) Tj ET', { letters: { '#': '\ufb01' } }));
      expect(boxOf(ligated.pages[0] as Page, 'ffi').width).toBeGreaterThan(5);
    });
  });

  describe('opening and reading', () => {
    it('reads Chinese whose font is not embedded', async () => {
      const { pages, language } = await read('documents/invoice-zh.pdf');
      expect(pages[0]?.text).toContain('发票');
      expect(pages[0]?.text).not.toContain('\ufffd');
      expect(language.code).toBe('zh');
    });

    it('reads the pages that are asked for, and no other', async () => {
      const manual = await readFile(fixture('documents/manual-40p.pdf'));
      const { pages, pageCount, pastEnd } = await document(manual, {
        selection: PageSelection.parse({ targetPages: '39-41, 3' }),
      });
      expect(pageCount).toBe(40);
      expect(pages.map((page) => page.number)).toEqual([3, 39, 40]);
      expect(pastEnd).toBe('41');
      expect(pages[0]?.text).toBe((await document(manual)).pages[2]?.text);
    });

    it('does not so much as look at the other pages: they may be damaged', async () => {
      const good = linesOfText(['a page with text']);
      const damaged = Buffer.from(
        Buffer.from(pdfOfPages([good, good]))
          .toString('latin1')
          .replace(/\/Type \/Page \/Parent/, '/Tipo /Xxxx /Parent'),
        'latin1',
      );
      const { pages } = await document(damaged, { selection: PageSelection.parse({ targetPages: '2' }) });
      expect(pages.map((page) => page.text)).toEqual(['a page with text']);
    });

    it('gives the title of the metadata', async () => {
      const { title } = await read('documents/contract-3p.pdf');
      expect(title).toMatch(/\w/);
    });

    it('says that a page has no text', async () => {
      const blank = await readText(reader, pdfOfPages(['', linesOfText(['text'])]));
      expect(blank).toMatchObject({ method: 'none', text: '', pageCount: 2 });
    });

    it('reads a flat file of many pages', async () => {
      const contents = Array.from({ length: 500 }, (_, page) => linesOfText([`this is page ${page + 1}`]));
      const { text, pageCount } = await readText(reader, pdfOfPages(contents), { pageNumber: 499 });
      expect({ text: text.trim(), pageCount }).toEqual({ text: 'this is page 499', pageCount: 500 });
    });

    it('stops before it opens anything when the signal has aborted', async () => {
      const signal = AbortSignal.abort(new Error('enough'));
      const opened = reader.open(pdfOfPages([linesOfText(['text'])]), { limits: TEST_LIMITS, signal });
      await expect(opened).rejects.toThrow('enough');
    });

    it('leaves the bytes of the caller as they are', async () => {
      const bytes = pdfOfPages([linesOfText(['text'])]);
      const before = Buffer.from(bytes).toString('hex');
      await readText(reader, bytes);
      expect(Buffer.from(bytes).toString('hex')).toBe(before);
    });

    it('refuses to go on after it was disposed of', async () => {
      const opened = await reader.open(pdfOfPages([linesOfText(['text'])]), { limits: TEST_LIMITS });
      await opened[Symbol.asyncDispose]();
      await expect(opened.readPage(1)).rejects.toThrow();
    });

    it('keeps two documents that are open at once apart', async () => {
      const open = (text: string) => reader.open(pdfOfPages([linesOfText([text])]), { limits: TEST_LIMITS });
      await using one = await open('the first');
      await using other = await open('the second');
      const textOf = async (opened: OpenDocument) => (await opened.readPage(1)).items.map(({ text }) => text).join('');
      expect([await textOf(one), await textOf(other), await textOf(one)].map((text) => text.trim())).toEqual([
        'the first',
        'the second',
        'the first',
      ]);
    });

    it('stops at the signal between pages', async () => {
      const controller = new AbortController();
      await using opened = await reader.open(pdfOfPages([linesOfText(['one']), linesOfText(['two'])]), {
        limits: TEST_LIMITS,
        signal: controller.signal,
      });
      await opened.readPage(1);
      controller.abort(new Error('enough'));
      await expect(opened.readPage(2)).rejects.toThrow('enough');
    });
  });

  describe('its limits', () => {
    const small = pdfOfPages([linesOfText(['twenty letters of it']), linesOfText(['and on'])]);

    it('holds to the characters of a page', async () => {
      const limits = { ...TEST_LIMITS, maxCharacters: 10 };
      await expect(readText(reader, small, { limits })).rejects.toMatchObject({ code: 'document.too_large' });
      expect((await readText(reader, small, { limits: { ...limits, maxCharacters: 30 } })).text).toContain('twenty');
    });

    it.each(['maxBytes', 'maxPages', 'maxCharacters'] as const)('is refused over %s', async (name) => {
      const limits = { ...TEST_LIMITS, [name]: 1 };
      await expect(document(small, { limits })).rejects.toMatchObject({ code: 'document.too_large' });
    });
  });

  describe('files that are closed or broken', () => {
    it('says that a file needs a password', async () => {
      const files = [
        encryptedPdf('secret', { userPassword: 'sesame' }),
        await readFile(fixture('documents/encrypted-letter.pdf')),
      ];
      for (const file of files)
        await expect(readText(reader, file)).rejects.toMatchObject({ code: 'document.encrypted' });
    });

    it('opens an encrypted file whose password is empty', async () => {
      expect((await readText(reader, encryptedPdf('for all to read'))).text.trim()).toBe('for all to read');
    });

    it.each([
      ['nothing but a beginning', '%PDF-1.7\n'],
      ['noise', `%PDF-1.4\n${'\u0001\u0003<<>>(('.repeat(500)}`],
      ['no pages', '%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>'],
    ])('says that a file is corrupt: %s', async (_, file) => {
      await expect(readText(reader, file)).rejects.toMatchObject({ code: 'document.corrupt' });
    });

    it('reads a file that lost its table of objects', async () => {
      const whole = Buffer.from(pdfOfPages([linesOfText(['still here'])])).toString('latin1');
      const [objects = '', trailer = ''] = whole.split(/xref\n0 [\s\S]*(?=trailer)/);
      expect((await readText(reader, Buffer.from(objects + trailer, 'latin1'))).text.trim()).toBe('still here');
    });
  });

  describe('the place of a page', () => {
    const shown = 'BT /F1 20 Tf 100 700 Td (Corner) Tj ET';

    it.each([
      ['as it is', '', { width: 600, height: 800 }, { x: 100, y: 80 }],
      ['turned by 90', '/Rotate 90', { width: 800, height: 600 }, { x: 700, y: 100 }],
      ['turned by 180', '/Rotate 180', { width: 600, height: 800 }, { x: 440, y: 700 }],
      ['turned by 270', '/Rotate 270', { width: 800, height: 600 }, { x: 80, y: 440 }],
      ['cropped', '/CropBox [50 100 450 750]', { width: 400, height: 650 }, { x: 50, y: 30 }],
      ['cropped and turned', '/CropBox [50 100 450 750] /Rotate 90', { width: 650, height: 400 }, { x: 600, y: 50 }],
    ])('counts from its top left corner: %s', async (_, page, size, place) => {
      const [read] = (await document(mappedPdf(shown, { page }))).pages;
      expect(read?.size).toEqual(size);
      const box = boxOf(read as Page, 'Corner');
      // Readers differ in how far a line goes above and below its letters.
      expect(Math.abs(box.x - place.x)).toBeLessThan(7);
      expect(Math.abs(box.y - place.y)).toBeLessThan(7);
      expect(Math.max(box.width, box.height)).toBeCloseTo(60, 0);
    });
  });

  describe('what was added to a page', () => {
    it('reads what was filled into fields and written on the page, and no password', async () => {
      const widget = (entries: string) => `<< /Type /Annot /Subtype /Widget /Rect [100 600 300 620] ${entries} >>`;
      const bytes = rawPdf([
        '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R 7 0 R] >> >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [5 0 R 6 0 R 7 0 R 8 0 R] >>',
        { stream: '' },
        widget('/FT /Tx /T (name) /V (Ada Lovelace)'),
        widget('/FT /Ch /T (colour) /Opt [(red) (blue)] /V (blue)'),
        widget('/FT /Tx /T (secret) /V (hunter2) /Ff 8192'),
        '<< /Type /Annot /Subtype /FreeText /Rect [10 10 90 30] /Contents (Received 3 May) /DA (/F1 9 Tf) >>',
      ]);
      const { pages } = await document(bytes);
      expect(pages[0]?.text.split('\n')).toEqual(['Ada Lovelace', 'blue', 'Received 3 May']);
      const [place] = new SourceMap(pages[0]?.sourceMap ?? []).locate(0, 'Ada Lovelace'.length);
      expect(place?.box).toMatchObject({ x: 100, y: 172, width: 200, height: 20 });
    });
  });
}
