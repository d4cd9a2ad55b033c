import { isUtf8 } from 'node:buffer';
import PostalMime, { type Address, decodeWords, type Email } from 'postal-mime';
import { DocketError } from '../../errors.js';
import { withinCharacterLimit } from '../character-budget.js';
import { decodeText } from '../decode-text.js';
import type { DocumentReader } from '../document-reader.js';
import { htmlToText } from '../html/html-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { restoreWindows1252 } from '../windows-1252.js';

/** A text part shorter than this beside HTML that says far more is only a hint to use another mail program. */
const STUB_CHARACTERS = 300;
const STUB_FACTOR = 5;

/** The parser takes quadratic time. */
const MAX_PARTS = 5000;

/** Where the header lines of the first parts stand. */
const HEADERS_BYTES = 64 * 1024;

/** Beyond what mail servers accept. */
const MAX_HEADER_BYTES = 2 * 1024 * 1024;

/** Reads mail as saved by mail programs (RFC 5322 with MIME): header lines, body, names of attachments. */
export const emlReader: DocumentReader = {
  format: 'eml',
  identity: READER_IDENTITIES.eml,
  async open(bytes, { limits, signal }) {
    signal?.throwIfAborted();
    const email = await parse(bytes);
    signal?.throwIfAborted();
    if (isEncrypted(email, bytes)) {
      throw new DocketError('document.encrypted', 'the mail is encrypted; save it decrypted from the mail program');
    }
    const sections = [headerLines(email).join('\n'), bodyText(email), attachmentLine(email)];
    const text = restoreWindows1252(sections.filter((section) => section !== '').join('\n\n'));
    const title = restoreWindows1252(email.subject ?? '');
    return singlePageDocument({ format: 'eml', text: withinCharacterLimit(text, limits), title });
  },
};

async function parse(bytes: Uint8Array): Promise<Email> {
  if (hasManyParts(bytes)) throw beyondReason();
  try {
    return await PostalMime.parse(repairEncoding(bytes), { maxHeadersSize: MAX_HEADER_BYTES });
  } catch (cause) {
    throw beyondReason(cause);
  }
}

function hasManyParts(bytes: Uint8Array): boolean {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts = 0;
  for (let at = source.indexOf('\n--'); at >= 0 && parts <= MAX_PARTS; at = source.indexOf('\n--', at + 3)) parts++;
  return parts > MAX_PARTS && countPartHeaders(source) > MAX_PARTS;
}

function countPartHeaders(source: Buffer): number {
  return source.toString('latin1').match(/^content-[a-z-]{2,30}:/gim)?.length ?? 0;
}

function beyondReason(cause?: unknown): DocketError {
  const message =
    'the mail cannot be taken apart: its parts or header lines are beyond reason; save it anew from the mail program';
  return new DocketError('document.corrupt', message, cause === undefined ? {} : { cause });
}

/** Raw 8-bit text that is undeclared, or declared as UTF-8 and is not: mail forbids it, and old programs write it. */
function repairEncoding(bytes: Uint8Array): Uint8Array {
  if (isUtf8(bytes)) return bytes;
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const declaresOther = /charset\s*=\s*(?!"?utf-?8)|content-transfer-encoding\s*:\s*binary/i.test(source);
  return declaresOther ? bytes : new TextEncoder().encode(decodeText(bytes));
}

/** S/MIME (RFC 8551) and PGP/MIME (RFC 3156), and PGP armour in the text. */
function isEncrypted(email: Email, bytes: Uint8Array): boolean {
  const contentType = headerValue(email, 'content-type')?.toLowerCase() ?? '';
  if (contentType.startsWith('multipart/encrypted') || isEnveloped(contentType)) return true;
  const body = email.text?.trim() ?? '';
  if (body.startsWith('-----BEGIN PGP MESSAGE-----')) return true;
  if (body !== '' || email.html) return false;
  if (email.attachments.some(({ mimeType }) => mimeType === 'application/pgp-encrypted')) return true;
  return contentType.startsWith('multipart/') && hasEnvelopedPart(bytes);
}

function hasEnvelopedPart(bytes: Uint8Array): boolean {
  const source = new TextDecoder('latin1').decode(bytes.subarray(0, HEADERS_BYTES));
  return /smime-type\s*=\s*"?(?:auth)?enveloped-data/i.test(source);
}

function isEnveloped(contentType: string): boolean {
  if (!/^application\/(x-)?pkcs7-mime\b/.test(contentType)) return false;
  return !/smime-type\s*=\s*"?(signed-data|certs-only|compressed-data)/.test(contentType);
}

function headerLines(email: Email): string[] {
  const lines: [name: string, value: string | undefined][] = [
    ['From', formatAddresses(email.from ? [email.from] : []) || headerValue(email, 'from')],
    ['To', formatAddresses(email.to) || headerValue(email, 'to')],
    ['Cc', formatAddresses(email.cc) || headerValue(email, 'cc')],
    ['Date', headerValue(email, 'date')],
    ['Subject', email.subject],
  ];
  return lines.flatMap(([name, value]) => {
    const clean = value?.replace(/\s+/g, ' ').trim();
    return clean ? [`${name}: ${clean}`] : [];
  });
}

function headerValue(email: Email, key: string): string | undefined {
  const value = email.headers.find((header) => header.key === key)?.value;
  return value === undefined ? undefined : decodeWords(value);
}

function formatAddresses(addresses: readonly Address[] = []): string {
  return addresses.map(formatAddress).filter(Boolean).join(', ');
}

function formatAddress(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${formatAddresses(address.group)}`;
  if (!address.address) return address.name;
  return address.name ? `${address.name} <${address.address}>` : address.address;
}

/** The plain text part, unless the HTML part is the one with the message. */
function bodyText({ text, html }: Email): string {
  const plain = text?.replace(/\r\n?/g, '\n').trim() ?? '';
  if (!html || plain.length > STUB_CHARACTERS) return plain;
  const rich = htmlToText(html, { wholePage: true }).text;
  return plain === '' || rich.length > plain.length * STUB_FACTOR ? rich : plain;
}

function attachmentLine({ attachments }: Email): string {
  const names = attachments.map(({ filename }) => filename?.replace(/\s+/g, ' ').trim()).filter(Boolean);
  return names.length > 0 ? `Attachments: ${names.join(', ')}` : '';
}
