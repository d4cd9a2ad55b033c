import { describe, expect, it } from 'vitest';
import { linesOfText, pdfOfPages } from '../../../testing/raw-pdf.js';
import { readPageText } from './page-text.js';
import { PdfiumDocument, type PdfiumPage } from './pdfium-document.js';
import { acquirePdfium, releasePdfium } from './pdfium-instance.js';

const FILE = pdfOfPages([linesOfText(['first page']), linesOfText(['second page'])]);
const MEBIBYTE = 1024 * 1024;

/** An address beyond all memory. */
const NOWHERE = 0xfffffff0;

const crash = ({ exports }: PdfiumPage) => exports.FPDFPage_GetRotation(NOWHERE);
const textOf = async (document: PdfiumDocument, pageNumber: number) =>
  document.withPage(pageNumber, (page) =>
    readPageText(page, 1000)
      .map(({ text }) => text)
      .join(''),
  );

describe('PdfiumDocument', () => {
  it('leaves nothing on the global object, by which the memory of an instance would be held', async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    const instance = await acquirePdfium();
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
    releasePdfium(instance);
  });

  it('makes a crash of PDFium the damage of one page, and goes on with the next', async () => {
    using document = await PdfiumDocument.open(FILE);
    await expect(document.withPage(1, crash)).rejects.toMatchObject({ code: 'document.corrupt', data: { page: 1 } });
    expect(await textOf(document, 2)).toBe('second page');
    expect(await textOf(document, 1)).toBe('first page');
  });

  it('leaves other documents alone when one breaks PDFium', async () => {
    using other = await PdfiumDocument.open(FILE);
    using document = await PdfiumDocument.open(FILE);
    await expect(document.withPage(1, crash)).rejects.toThrow('damaged');
    expect(await textOf(other, 1)).toBe('first page');
  });

  it('gives up a document that breaks PDFium again and again', async () => {
    using document = await PdfiumDocument.open(FILE);
    for (let time = 0; time < 3; time++) await expect(document.withPage(1, crash)).rejects.toThrow('damaged');
    await expect(textOf(document, 2)).rejects.toMatchObject({ code: 'document.corrupt', data: { page: 2 } });
  });

  it('ends a page that wants more memory than there may be', async () => {
    using document = await PdfiumDocument.open(FILE);
    const hoard = ({ exports }: PdfiumPage) => {
      for (let times = 0; times < 40; times++) if (exports.malloc(64 * MEBIBYTE) === 0) crashOf(exports);
    };
    const crashOf = (exports: PdfiumPage['exports']) => exports.FPDFPage_GetRotation(NOWHERE);
    await expect(document.withPage(1, hoard)).rejects.toMatchObject({ code: 'document.too_large' });
    expect(await textOf(document, 2)).toBe('second page');
  });

  it('passes on what its caller throws, and stays usable', async () => {
    using document = await PdfiumDocument.open(FILE);
    const fail = () => {
      throw new TypeError('not of PDFium');
    };
    await expect(document.withPage(1, fail)).rejects.toThrow('not of PDFium');
    expect(await textOf(document, 1)).toBe('first page');
  });
});

describe('an instance of PDFium', () => {
  it('serves one document after the other', async () => {
    const first = await acquirePdfium();
    releasePdfium(first);
    const second = await acquirePdfium();
    expect(second).toBe(first);
    const third = await acquirePdfium();
    expect(third).not.toBe(first);
    releasePdfium(second);
    releasePdfium(third);
  });

  it('is not used again when it has grown large', async () => {
    const instance = await acquirePdfium();
    const block = instance.run((pdfium) => pdfium.malloc(128 * MEBIBYTE));
    expect(block).not.toBe(0);
    instance.run((pdfium) => pdfium.free(block));
    releasePdfium(instance);
    const next = await acquirePdfium();
    expect(next).not.toBe(instance);
    expect(next.memoryBytes).toBeLessThan(64 * MEBIBYTE);
    releasePdfium(next);
  });

  it('gives its memory back with every document', async () => {
    const contents = Array.from({ length: 20 }, () => linesOfText(Array.from({ length: 50 }, () => 'a line of text')));
    const file = pdfOfPages(contents);
    const readOnce = async () => {
      using document = await PdfiumDocument.open(file);
      for (let page = 1; page <= 20; page++) await textOf(document, page);
    };
    const memory = async () => {
      const instance = await acquirePdfium();
      releasePdfium(instance);
      return instance.memoryBytes;
    };
    await readOnce();
    const before = await memory();
    for (let time = 0; time < 50; time++) await readOnce();
    expect(await memory()).toBe(before);
  });
});
