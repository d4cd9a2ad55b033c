import { describe, expect, it } from 'vitest';
import { encryptedPdf } from '../../testing/encrypted-pdf.js';
import { linesOfText, pdfOfPages } from '../../testing/raw-pdf.js';
import { readDocument } from '../read-document.js';
import { pdfReaderIdentities } from '../reader-identities.js';
import { TEST_LIMITS } from '../testing/read-text.js';
import { pdfReader } from './pdf-reader.js';
import { PDF_READER_NAMES } from './pdf-reader-names.js';

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
    expect(await identityOf(GOOD, 'pdfjs')).toBe('pdfjs-5.6.205/2');
    expect(await identityOf(GOOD, 'pdfium')).toBe('pdfium-2.1.13/2');
    expect(await identityOf(WITHOUT_COUNT, 'pdfjs')).toBe('pdfium-2.1.13/2 after pdfjs-5.6.205/2');
  });

  it.each(PDF_READER_NAMES)('leaves it at the first word about a password: %s', async (name) => {
    const encrypted = encryptedPdf('secret', { userPassword: 'sesame' });
    await expect(open(name, encrypted)).rejects.toMatchObject({ code: 'document.encrypted' });
  });

  it.each(PDF_READER_NAMES)('says what the first one said when neither can open a file: %s', async (name) => {
    await expect(open(name, Buffer.from('%PDF-1.4\nnothing'))).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it.each(PDF_READER_NAMES)('does not begin anew with the other one when the time is over: %s', async (name) => {
    const opened = open(name, Buffer.from('%PDF-1.4\nnothing'), AbortSignal.abort(new Error('the time is over')));
    await expect(opened).rejects.toThrow('the time is over');
  });
});
