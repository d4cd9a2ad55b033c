import { isLong } from '../../support/project.js';
import { type HostileDocument, INVOICE_WORDS } from './hostile-document.js';

const MIB = 2 ** 20;

/** Fewer of what takes its time, except in the long run. */
const many = (count: number) => (isLong ? count : Math.ceil(count / 10));

const bytes = (text: string) => Buffer.from(text);
const times = (text: string, length: number) => Buffer.alloc(length, text);
const page = (content: string) => bytes(`<!doctype html><html><body><p>${INVOICE_WORDS}</p>${content}</body></html>`);
const HEADERS =
  'From: Ada <ada@example.com>\r\nTo: Bob <bob@example.com>\r\nSubject: Invoice 4711\r\nMIME-Version: 1.0\r\n';

/** Multiparts in multiparts, with a text at the bottom. */
function nestedMail(depth: number): Uint8Array {
  const open = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  return bytes(`${HEADERS}${open.join('')}Content-Type: text/plain\r\n\r\n${INVOICE_WORDS}`);
}

/** Mails attached to mails. */
function forwardedMail(depth: number): Uint8Array {
  const open = `${HEADERS}Content-Type: message/rfc822\r\n\r\n`.repeat(depth);
  return bytes(`${open}${HEADERS}\r\n${INVOICE_WORDS}`);
}

function utf16(text: string, order: 'le' | 'be', mark = ''): Uint8Array {
  const little = Buffer.from(`${mark}${text}`, 'utf16le');
  return order === 'le' ? little : little.swap16();
}

const LIMITED = ['document.too_large', 'document.timed_out'] as const;
const LONG_TEXT = `${INVOICE_WORDS}\n`.repeat(20);

const MARKUP: readonly HostileDocument[] = [
  { name: 'html-nested-deep.html', make: () => page(`${'<div>'.repeat(100_000)}${INVOICE_WORDS}`), ends: ['result'] },
  { name: 'html-inline-nested-deep.html', make: () => page('<b><font>'.repeat(many(200_000))), ends: ['result'] },
  { name: 'html-svg-nested-deep.html', make: () => page('<svg><g>'.repeat(many(50_000))), ends: ['result'] },
  { name: 'html-tables-nested-deep.html', make: () => page('<table><tr><td>'.repeat(many(50_000))), ends: ['result'] },
  {
    name: 'html-closes-what-is-not-open.html',
    make: () => page('</p></td></b>'.repeat(many(300_000))),
    ends: ['result'],
  },
  { name: 'html-comment-without-end.html', make: () => page(`<!--${'-- '.repeat(MIB)}`), ends: ['result'] },
  {
    name: 'html-comments-before.html',
    make: () => bytes(`${'<!-- a --> '.repeat(1_000)}<section>${INVOICE_WORDS}</section>`),
    ends: ['result'],
  },
  {
    name: 'html-attribute-of-20-mb.html',
    make: () => page(`<a title="${'x'.repeat(20 * MIB)}">y</a>`),
    ends: ['result', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'html-odd-entities.html',
    make: () => page('&#xD800;&#xDFFF;&#0;&#x110000;&#99999999999;&nonsense;'),
    ends: ['result'],
  },
  {
    name: 'html-is-big.html',
    make: () => Buffer.concat([page(''), times('<p>invoice</p>', 90 * MIB)]),
    ends: LIMITED,
    isHeavy: true,
  },
  {
    name: 'html-of-many-elements.html',
    make: () => Buffer.concat([page(''), times('<i></i>', 70 * MIB)]),
    ends: LIMITED,
    isHeavy: true,
  },
  {
    name: 'html-charset-lies.html',
    make: () =>
      Buffer.from(
        `<html><head><meta charset="utf-16"></head><body>${INVOICE_WORDS} M\u00fcller</body></html>`,
        'latin1',
      ),
    ends: ['result'],
  },
  { name: 'rtf-nested-deep.rtf', make: () => bytes(`{\\rtf1 ${'{'.repeat(MIB)}${INVOICE_WORDS}`), ends: ['result'] },
  {
    name: 'rtf-closes-too-much.rtf',
    make: () => bytes(`{\\rtf1 ${'}'.repeat(MIB)}${INVOICE_WORDS}`),
    ends: ['result'],
  },
  {
    name: 'rtf-binary-length-lies.rtf',
    make: () => bytes(`{\\rtf1 ${INVOICE_WORDS} \\bin999999999 x}`),
    ends: ['result'],
  },
  {
    name: 'rtf-of-40-mb.rtf',
    make: () => Buffer.concat([bytes('{\\rtf1 '), times('invoice', 40 * MIB)]),
    ends: LIMITED,
    isHeavy: true,
  },
  {
    name: 'rtf-picture-of-10-mb.rtf',
    make: () => Buffer.concat([bytes(`{\\rtf1 ${INVOICE_WORDS}{\\pict `), times('0123', 10 * MIB), bytes('}}')]),
    ends: ['result'],
  },
];

const MAIL: readonly HostileDocument[] = [
  { name: 'eml-nested-deep.eml', make: () => nestedMail(1_000), ends: ['document.corrupt'] },
  { name: 'eml-nested-as-in-life.eml', make: () => nestedMail(8), ends: ['result'] },
  { name: 'eml-forwarded-deep.eml', make: () => forwardedMail(1_000), ends: ['result', 'document.corrupt'] },
  {
    name: 'eml-many-recipients.eml',
    make: () => bytes(`To: ${'a@example.com, '.repeat(many(100_000))}\r\n${HEADERS}\r\n${INVOICE_WORDS}`),
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'eml-many-parts.eml',
    make: () =>
      bytes(
        `${HEADERS}Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\nContent-Type: text/plain\r\n\r\n${INVOICE_WORDS}\r\n`.repeat(50_000)}--b--`,
      ),
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'eml-attachment-of-20-mb.eml',
    make: () =>
      Buffer.concat([
        bytes(
          `${HEADERS}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${INVOICE_WORDS}\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../evil.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
        ),
        times(`${'QUJD'.repeat(19)}\r\n`, 20 * MIB),
        bytes('\r\n--b--\r\n'),
      ]),
    ends: ['result'],
  },
  {
    name: 'eml-charset-unknown.eml',
    make: () => bytes(`${HEADERS}Content-Type: text/plain; charset=klingon-8\r\n\r\n${INVOICE_WORDS}`),
    ends: ['result'],
  },
  {
    name: 'eml-charset-lies.eml',
    make: () =>
      Buffer.from(`${HEADERS}Content-Type: text/plain; charset=utf-8\r\n\r\n${INVOICE_WORDS} M\u00fcller`, 'latin1'),
    ends: ['result'],
  },
  {
    name: 'eml-encrypted-inside.eml',
    make: () =>
      bytes(
        `${HEADERS}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n--b--\r\n`,
      ),
    ends: ['document.encrypted'],
  },
];

const PLAIN: readonly HostileDocument[] = [
  {
    name: 'json-nested-deep.json',
    make: () => bytes('['.repeat(MIB)),
    ends: ['result', 'document.no_text', 'document.corrupt'],
  },
  {
    name: 'json-closed-deep.json',
    make: () => bytes(`${'[{"a":'.repeat(300_000)}"${INVOICE_WORDS}"${'}]'.repeat(300_000)}`),
    ends: ['result'],
  },
  {
    name: 'json-of-empty-lists.json',
    make: () => Buffer.concat([bytes('['), times('[],', 19 * MIB - 1), bytes('[]]')]),
    ends: ['result', 'document.no_text', 'document.corrupt', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'json-without-name',
    make: () => bytes('['.repeat(MIB)),
    ends: ['result', 'document.no_text', 'document.corrupt'],
  },
  {
    name: 'json-prototype.json',
    make: () => bytes(`{"__proto__":{"toString":"x"},"constructor":"${INVOICE_WORDS}"}`),
    ends: ['result'],
  },
  { name: 'csv-one-line-of-50-mb.csv', make: () => times('invoice,', 50 * MIB), ends: LIMITED },
  {
    name: 'csv-one-line-of-15-mb.csv',
    make: () => times('invoice,', 15 * MIB),
    ends: ['result', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'csv-quote-without-end.csv',
    make: () => bytes(`a,b\n"${INVOICE_WORDS},\n`.repeat(many(50_000))),
    ends: ['result'],
  },
  {
    name: 'csv-quotes-alone.csv',
    make: () => bytes(`${INVOICE_WORDS}\n${'"'.repeat(many(5 * MIB))}`),
    ends: ['result'],
  },
  {
    name: 'txt-of-90-mb.txt',
    make: () => times(`${INVOICE_WORDS}\n`, 90 * MIB),
    ends: ['document.too_large'],
    isHeavy: true,
  },
  { name: 'txt-one-word-of-15-mb.txt', make: () => times('a', 15 * MIB), ends: ['result', ...LIMITED], isHeavy: true },
  {
    name: 'txt-blanks-of-15-mb.txt',
    make: () => Buffer.concat([bytes(INVOICE_WORDS), times(' ', 15 * MIB), bytes('x')]),
    ends: ['result', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'txt-breaks-of-15-mb.txt',
    make: () => Buffer.concat([bytes(INVOICE_WORDS), times('\n', 15 * MIB), bytes('x')]),
    ends: ['result', ...LIMITED],
    isHeavy: true,
  },
  { name: 'txt-hyphens-at-line-ends.txt', make: () => times('ab-\nab ', many(8 * MIB)), ends: ['result', ...LIMITED] },
  {
    name: 'txt-marks.txt',
    make: () => Buffer.concat([bytes(`${INVOICE_WORDS} a`), times('\u0301', many(MIB))]),
    ends: ['result', ...LIMITED],
  },
  {
    name: 'txt-ligatures.txt',
    make: () => times('\ufdfa', many(MIB)),
    ends: ['result', 'document.no_text', ...LIMITED],
  },
  {
    name: 'txt-lone-surrogates.txt',
    make: () => Buffer.concat([bytes(LONG_TEXT), Buffer.from([0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf])]),
    ends: ['result'],
  },
  {
    name: 'txt-lone-surrogates-16.txt',
    make: () => utf16(`${LONG_TEXT}\ud800 \udfff`, 'le', '\ufeff'),
    ends: ['result'],
  },
  { name: 'txt-some-zeros.txt', make: () => bytes(LONG_TEXT.replaceAll('due', 'due\0')), ends: ['result'] },
  {
    name: 'txt-zeros-alone.txt',
    make: () => Buffer.alloc(MIB),
    ends: ['document.unsupported_type', 'document.corrupt', 'document.no_text'],
  },
  { name: 'txt-utf-16-le.txt', make: () => utf16(LONG_TEXT, 'le'), ends: ['result'] },
  { name: 'txt-utf-16-be.txt', make: () => utf16(LONG_TEXT, 'be'), ends: ['result'] },
  { name: 'utf-16-le-without-name', make: () => utf16(LONG_TEXT, 'le'), ends: ['result'] },
  { name: 'html-utf-16-le.html', make: () => utf16(`<html><body>${LONG_TEXT}</body></html>`, 'le'), ends: ['result'] },
  { name: 'csv-utf-16-be.csv', make: () => utf16('invoice,amount\n4711,250\n'.repeat(20), 'be'), ends: ['result'] },
  {
    name: 'md-front-matter-without-end.md',
    make: () => bytes(`---\n${'a: b\n'.repeat(many(200_000))}`),
    ends: ['result'],
  },
  { name: 'txt-controls.txt', make: () => bytes(`${LONG_TEXT}\x1b]0;evil\x07\x1b[2J\u202e\u2066`), ends: ['result'] },
];

/** Markup, mail and plain text: depth, lies about encodings, lines without end. */
export const hostileTexts: readonly HostileDocument[] = [...MARKUP, ...MAIL, ...PLAIN];
