import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DocketError } from '../errors.js';
import { fixture } from '../testing/fixtures.js';
import type { DocumentFormat } from './document-reader.js';
import { readDocument } from './read-document.js';
import { sniffFormat } from './sniff-format.js';
import { zipFiles } from './testing/zip-files.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** An OLE container, as far as its signature goes, with UTF-16 names of streams in it. */
function oleFile(name: string): Uint8Array {
  const header = Buffer.alloc(1024);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  return Buffer.concat([header, Buffer.from(name, 'utf16le'), Buffer.alloc(1024)]);
}

/** An OLE container of two sectors and the directory entry of one stream, which begins with these bytes. */
function oleFileWith(stream: string, start: Buffer): Uint8Array {
  const bytes = Buffer.alloc(512 * 3);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.write(`${stream}\0`, 512, 'utf16le');
  bytes.writeUInt32LE(1, 512 + 116);
  start.copy(bytes, 1024);
  return bytes;
}

/** The beginning of a Word document (MS-DOC 2.5.2) with these flags. */
const wordStart = (flags: number) => Buffer.from([0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, flags & 0xff, flags >> 8]);

const workbookStart = (record: number) => Buffer.from([9, 8, 2, 0, 0, 6, record, 0, 2, 0, 1, 0]);

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** Fixtures that can be read, with the words that they must give. */
const READABLE = readdirSync(fixture('documents')).filter((name) => !/encrypted|scanned/.test(name));
const BINARY = READABLE.filter((name) => /\.(pdf|docx|pptx|xlsx|rtf)$/.test(name));
const MARKED = READABLE.filter((name) => /\.(html|eml)$/.test(name));
const PLAIN = READABLE.filter((name) => /\.(txt|md|csv|json)$/.test(name));

describe('sniffFormat', () => {
  it.each(READABLE)('tells %s by content and extension', async (name) => {
    expect(await sniffFormat(await readFile(fixture(`documents/${name}`)), name)).toBe(extname(name).slice(1));
  });

  it('is not held up by many comments before what is no HTML', async () => {
    expect(await sniffFormat(bytesOf(`${'<!-- -->'.repeat(1500)}x`), 'file.txt')).toBe('txt');
    expect(await sniffFormat(bytesOf(`${'<!-- -->'.repeat(1500)}<p>x`), 'file.txt')).toBe('html');
  });

  describe.each(['txt', 'pdf', 'docx', 'xlsx', 'html', 'json', 'unknown', ''])(
    'under the extension "%s"',
    (extension) => {
      it.each(BINARY)('knows %s all the same', async (name) => {
        const bytes = await readFile(fixture(`documents/${name}`));
        expect(await sniffFormat(bytes, `file.${extension}`)).toBe(extname(name).slice(1));
      });
    },
  );

  describe.each(['txt', 'md', 'csv', 'json', 'unknown', ''])('under the extension "%s"', (extension) => {
    it.each(MARKED)('knows %s all the same', async (name) => {
      const bytes = await readFile(fixture(`documents/${name}`));
      expect(await sniffFormat(bytes, `file.${extension}`)).toBe(extname(name).slice(1));
    });
  });

  it('knows an invoice in PDF that is called .txt', async () => {
    expect((await readDocument(fixture('hostile/invoice.txt'))).format).toBe('pdf');
  });

  it.each<[string, string, DocumentFormat]>([
    ['page.htm', 'no markup', 'html'],
    ['notes.markdown', '# Title', 'md'],
    ['table.tsv', 'a\tb', 'csv'],
    ['log.jsonl', '{"a":1}\n{"a":2}', 'json'],
    ['', '{"a": 1}', 'json'],
    ['', '[not json', 'txt'],
    ['', 'just text', 'txt'],
    ['', '<!DOCTYPE html><p>x', 'html'],
    ['', 'From: a@b.c\nTo: d@e.f\nSubject: x\nDate: today\n\nHello', 'eml'],
    ['', '{\\rtf1 hello}', 'rtf'],
  ])('takes %j with %j for %3$s', async (name, content, format) => {
    expect(await sniffFormat(bytesOf(content), name)).toBe(format);
  });

  it('does not take a letter with two labels for a mail', async () => {
    expect(await sniffFormat(bytesOf('Date: 3 May\nSubject: Rent\n\nDear Sir'), 'letter.txt')).toBe('txt');
  });

  it('does not take a text for a mail because it is called .eml', async () => {
    expect(await sniffFormat(bytesOf('MINUTES OF THE MEETING\n\nPresent: A, B'), 'minutes.eml')).toBe('txt');
  });

  it.each<[string, Uint8Array, string, DocumentFormat]>([
    ['UTF-16 with a mark', utf16('\ufeffInvoice 4711'), 'a.txt', 'txt'],
    ['UTF-16 of the other order with a mark', utf16('\ufeffInvoice 4711').swap16(), 'a.txt', 'txt'],
    ['UTF-16 without a mark', utf16('Invoice 4711'), '', 'txt'],
    ['UTF-16 without a mark, of the other order', utf16('a,b\n1,2').swap16(), 'a.csv', 'csv'],
    ['HTML in UTF-16', utf16('<html><body>Invoice</body></html>'), '', 'html'],
    [
      'HTML behind an XML declaration and comments',
      bytesOf('<?xml version="1.0"?> <!-- a --> <!-- b --><html>'),
      '',
      'html',
    ],
    ['a PDF with much junk before it', bytesOf(`${' '.repeat(5000)}%PDF-1.4\n1 0 obj`), 'a.pdf', 'pdf'],
    ['a PDF without its header', bytesOf('1 0 obj\n<< /Type /Catalog >>\nendobj'), 'a.pdf', 'pdf'],
    ['HTML that is called PDF', bytesOf('<!doctype html><p>Not found'), 'a.pdf', 'html'],
    ['RTF that is called DOC', bytesOf('{\\rtf1 hello}'), 'a.doc', 'rtf'],
  ])('knows %s', async (_, bytes, name, format) => {
    expect(await sniffFormat(bytes, name)).toBe(format);
  });

  it('takes no more time for many comments than they are long', async () => {
    const text = bytesOf(`${'<!-- a --> '.repeat(1400)}<section>x</section>`);
    expect(await sniffFormat(text)).toBe('txt');
  });

  it('accepts a little junk before a PDF', async () => {
    expect(await sniffFormat(bytesOf(`${'\0'.repeat(100)}%PDF-1.4\n`))).toBe('pdf');
  });

  it.each([
    ['empty', new Uint8Array(), 'x.txt', 'document.corrupt', /empty/],
    [
      'unknown binary',
      Uint8Array.from({ length: 999 }, (_, at) => (at * 151) % 256),
      'x.bin',
      'document.unsupported_type',
      /binary/,
    ],
    ['a zip of anything', zipFiles({ 'a.txt': 'hello' }), 'a.zip', 'document.unsupported_type', /ZIP/],
    ['an encrypted office file', oleFile('EncryptedPackage'), 'x.docx', 'document.encrypted', /password/],
    ['an old office file', oleFile('WordDocument'), 'x.doc', 'document.unsupported_type', /DOCX/],
    ['an encrypted DOC', oleFileWith('WordDocument', wordStart(0x0100)), 'x.doc', 'document.encrypted', /password/],
    ['a DOC', oleFileWith('WordDocument', wordStart(0x0200)), 'x.doc', 'document.unsupported_type', /save it as DOCX/],
    ['an encrypted XLS', oleFileWith('Workbook', workbookStart(0x2f)), 'x.xls', 'document.encrypted', /password/],
    ['an XLS', oleFileWith('Workbook', workbookStart(0x42)), 'x.xls', 'document.unsupported_type', /XLSX/],
    ['an encrypted PPT', oleFile('EncryptedSummary'), 'x.ppt', 'document.encrypted', /password/],
    ['a DOC under rights management', oleFile('DRMContent'), 'x.doc', 'document.encrypted', /rights/],
    ['the signature of an OLE file alone', oleFile('').subarray(0, 8), 'x.doc', 'document.unsupported_type', /OLE/],
    [
      'an OpenDocument text',
      zipFiles({ mimetype: 'application/vnd.oasis.opendocument.text' }),
      'x.odt',
      'document.unsupported_type',
      /save it as DOCX/,
    ],
    ['a file of Pages', zipFiles({ 'Index/a.iwa': 'x' }), 'x.pages', 'document.unsupported_type', /save it as DOCX/],
    ['an archive', zipFiles({ 'a.txt': 'x' }), 'x.zip', 'document.unsupported_type', /unpack it/],
    [
      'a photo of a phone',
      Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
      'x.heic',
      'document.unsupported_type',
      /convert it to JPEG or PNG/,
    ],
    [
      'noise that claims to be DOCX',
      Uint8Array.from({ length: 999 }, (_, at) => (at * 151) % 256),
      'x.docx',
      'document.corrupt',
      /DOCX/,
    ],
  ])('refuses %s', async (_, bytes, name, code, message) => {
    const error = await sniffFormat(bytes, name).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DocketError);
    expect(error).toMatchObject({ code });
    expect((error as DocketError).message).toMatch(message);
  });

  it('refuses a zip that claims to be an office file', async () => {
    const read = readDocument({ bytes: zipFiles({ 'a.txt': 'hello' }), name: 'a.docx' });
    await expect(read).rejects.toMatchObject({ code: 'document.corrupt' });
  });
});

describe('a text under the extension of another text', () => {
  describe.each(['txt', 'md', 'csv', 'json', 'html', 'rtf', ''])('"%s"', (extension) => {
    it.each(PLAIN)('%s is read', async (name) => {
      const bytes = await readFile(fixture(`documents/${name}`));
      const { pages } = await readDocument({ bytes, name: `file.${extension}` });
      const own = await readDocument({ bytes, name });
      const word = /\p{L}{7,}/u.exec(own.pages[0]?.text ?? '')?.[0] ?? 'no word';
      expect(
        pages.some((page) => page.text.includes(word)),
        word,
      ).toBe(true);
    });
  });

  it.each([
    ['png', '89504e470d0a1a0a0000000d4948445200000001000000010802000000'],
    ['jpeg', 'ffd8ffe000104a46494600010100000100010000'],
    ['gif', '47494638396101000100800000'],
    ['bmp', '424d460000000000000036000000280000000200000002000000010018000000'],
    ['tiff', '49492a00080000000000000000000000'],
    ['webp', '524946461a000000574542505650384c0d0000002f0000001007'],
  ])('knows a picture by its bytes, whatever its name: %s', async (format, hex) => {
    expect(await sniffFormat(Buffer.from(hex, 'hex'), 'x.pdf')).toBe(format);
  });
});
