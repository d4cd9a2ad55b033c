import { describe, expect, it } from 'vitest';
import { DocketError } from '../../errors.js';
import { linesOfText, pdfOfPages } from '../../testing/raw-pdf.js';
import type { DocumentReader } from '../document-reader.js';
import { readDocument } from '../read-document.js';
import { PDF_READER_IDENTITIES, pdfReaderIdentities } from '../reader-identities.js';
import { TEST_LIMITS } from '../testing/read-text.js';
import { pdfReader } from './pdf-reader.js';
import { PDF_READER_NAMES, type PdfReaderName } from './pdf-reader-names.js';

const GOOD = pdfOfPages([linesOfText(['a line of text'])]);

/** Replaces bytes by as many others. */
function altered(from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(GOOD).toString('latin1').replace(from, to), 'latin1');
}

/** PDFium wants the header; pdf.js goes without. */
const WITHOUT_HEADER = altered('%PDF-1.4', '%.......');

/** pdf.js believes what is said of how many pages there are; PDFium counts them. */
const WITHOUT_COUNT = altered('/Count 1 >>', '/Count -1>>');

async function open(name: 'pdfjs' | 'pdfium', bytes: Uint8Array, signal?: AbortSignal) {
  const document = await pdfReader(name).open(bytes, { limits: TEST_LIMITS, ...(signal ? { signal } : {}) });
  const { items } = await document.readPage(1);
  await document[Symbol.asyncDispose]();
  return {
    identity: document.readerIdentity,
    text: items
      .map(({ text }) => text)
      .join('')
      .trim(),
  };
}

interface Failures {
  readonly first: DocketError;
  readonly second?: DocketError;
  readonly onFirst?: () => void;
}

/** A reader whose libraries fail, and which of them were asked. */
function failing(name: PdfReaderName, { first, second = first, onFirst }: Failures) {
  const opened: string[] = [];
  const reader = (called: string, error: DocketError): DocumentReader => ({
    format: 'pdf',
    identity: called,
    open: async () => {
      opened.push(called);
      if (called === 'first') onFirst?.();
      throw error;
    },
  });
  const loader = (one: PdfReaderName) => async () => (one === name ? reader('first', first) : reader('second', second));
  const loaders = { pdfjs: loader('pdfjs'), pdfium: loader('pdfium') };
  const open = (signal?: AbortSignal) =>
    pdfReader(name, loaders).open(GOOD, { limits: TEST_LIMITS, ...(signal ? { signal } : {}) });
  return { opened, open };
}

describe('pdfReader', () => {
  it.each([
    ['pdfium', WITHOUT_HEADER],
    ['pdfjs', WITHOUT_COUNT],
  ] as const)('reads what %s cannot open with the other one, and says so', async (name, bytes) => {
    const { alone, withOther } = pdfReaderIdentities(name);
    expect(await open(name, bytes)).toEqual({ identity: withOther, text: 'a line of text' });
    expect(await open(name, GOOD)).toEqual({ identity: undefined, text: 'a line of text' });
    expect(pdfReader(name).identity).toBe(alone);
  });

  it('gives documents the identity of what read them', async () => {
    const identityOf = async (bytes: Uint8Array, pdfReader: 'pdfjs' | 'pdfium') =>
      (await readDocument({ bytes, name: 'a.pdf' }, { pdfReader })).readerIdentity;
    for (const name of PDF_READER_NAMES) expect(await identityOf(GOOD, name)).toBe(PDF_READER_IDENTITIES[name]);
    expect(await identityOf(WITHOUT_COUNT, 'pdfjs')).toBe(pdfReaderIdentities('pdfjs').withOther);
  });

  describe.each(PDF_READER_NAMES)('a file that %s cannot open', (name) => {
    it('is not tried with the other one when it wants a password', async () => {
      const { opened, open } = failing(name, { first: new DocketError('document.encrypted', 'a password is needed') });
      await expect(open()).rejects.toThrow('a password is needed');
      expect(opened).toEqual(['first']);
    });

    it('is refused with what the first one said when neither can', async () => {
      const { opened, open } = failing(name, {
        first: new DocketError('document.corrupt', 'says the first'),
        second: new DocketError('document.corrupt', 'says the second'),
      });
      await expect(open()).rejects.toThrow('says the first');
      expect(opened).toEqual(['first', 'second']);
    });

    it('is refused with what the other one said when that knows better', async () => {
      const { open } = failing(name, {
        first: new DocketError('document.corrupt', 'says the first'),
        second: new DocketError('document.encrypted', 'a password is needed'),
      });
      await expect(open()).rejects.toThrow('a password is needed');
    });

    it('is not begun anew when the time is over', async () => {
      const controller = new AbortController();
      const { opened, open } = failing(name, {
        first: new DocketError('document.corrupt', 'says the first'),
        onFirst: () => controller.abort(new Error('the time is over')),
      });
      await expect(open(controller.signal)).rejects.toThrow('the time is over');
      expect(opened).toEqual(['first']);
    });
  });
});
