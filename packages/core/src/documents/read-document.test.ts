import { describe, expect, it } from 'vitest';
import { PageSelection } from '../pages/page-selection.js';
import { fixture } from '../testing/fixtures.js';
import { linesOfText, pdfOfPages } from '../testing/raw-pdf.js';
import { DEFAULT_LIMITS } from './limits.js';
import { readDocument } from './read-document.js';

const pdf = (...pages: string[]) => pdfOfPages(pages.map((text) => (text === '' ? '' : linesOfText([text]))));
const select = (targetPages: string) => ({ selection: PageSelection.parse({ targetPages }) });

describe('readDocument', () => {
  it('says what the document is', async () => {
    const record = await readDocument(fixture('documents/contract-de.docx'));
    expect(record).toMatchObject({ format: 'docx', pageCount: 1, language: { code: 'de' } });
  });

  it.each([
    ['slides.pptx', 8, 'landscape'],
    ['budget.xlsx', 2, undefined],
  ])('takes slides and sheets for pages: %s', async (name, pageCount, orientation) => {
    const record = await readDocument(fixture(`documents/${name}`));
    expect(record.pageCount).toBe(pageCount);
    expect(record.pages.map((page) => page.number)).toEqual(Array.from({ length: pageCount }, (_, index) => index + 1));
    expect(record.pages[0]?.orientation).toBe(orientation);
  });

  it('keeps a page without text, and reads on', async () => {
    const { pages } = await readDocument(pdf('first', '', 'third'));
    expect(pages.map(({ method, text }) => [method, text])).toEqual([
      ['text', 'first'],
      ['none', ''],
      ['text', 'third'],
    ]);
  });

  it('says that there is no text, naming the pages that were looked at', async () => {
    const read = readDocument(pdf('', '', 'third'), select('1-2'));
    await expect(read).rejects.toMatchObject({ code: 'document.no_text', data: { pages: '1-2' } });
  });

  it.each([
    ['a.pdf', pdf(''), /page 1; OCR found none either/],
    ['a.eml', Buffer.from('Subject: \n\n'), /in the document; it is empty/],
    ['a.txt', Buffer.from('   \n'), /in the document; it is empty/],
  ])('says what a document without text may be: %s', async (name, bytes, message) => {
    await expect(readDocument({ bytes, name })).rejects.toThrow(message);
  });

  it('says that a document without pages is damaged', async () => {
    const without = Buffer.from(
      Buffer.from(pdf('first'))
        .toString('latin1')
        .replace(/\/Kids \[.*?\] \/Count 1/, '/Kids [] /Count 0'),
      'latin1',
    );
    await expect(readDocument(without)).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('mentions pages past the end, and fails when no other was asked for', async () => {
    expect(await readDocument(pdf('first', 'second'), select('2, 5-6'))).toMatchObject({ pastEnd: '5-6' });
    await expect(readDocument(pdf('first', 'second'), select('5-6'))).rejects.toMatchObject({
      code: 'document.no_pages_selected',
    });
  });

  it('counts the pages that are read against the limit, not those of the file', async () => {
    const limits = { ...DEFAULT_LIMITS, maxPages: 1 };
    const three = pdf('first', 'second', 'third');
    expect((await readDocument(three, { limits, ...select('3') })).pages).toHaveLength(1);
    await expect(readDocument(three, { limits, ...select('1,3') })).rejects.toMatchObject({
      code: 'document.too_large',
    });
  });

  it('counts the characters of all pages together', async () => {
    const limits = { ...DEFAULT_LIMITS, maxCharacters: 12 };
    const two = pdf('eight or', 'so of them');
    expect((await readDocument(two, { limits, ...select('1') })).pages).toHaveLength(1);
    await expect(readDocument(two, { limits })).rejects.toMatchObject({ code: 'document.too_large' });
  });

  it('stops when the signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readDocument(fixture('documents/minutes.txt'), { signal })).rejects.toThrow('enough');
    await expect(readDocument(fixture('documents/manual-40p.pdf'), { signal })).rejects.toThrow('enough');
  });

  it('gives plain data, the same each time', async () => {
    const record = await readDocument(fixture('documents/email-thread.eml'));
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    expect(await readDocument(fixture('documents/email-thread.eml'))).toEqual(record);
  });
});
