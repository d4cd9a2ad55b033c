import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { DocketError } from '../errors.js';
import { decodeText } from './decode-text.js';
import { DOCUMENT_FORMATS, type DocumentFormat } from './document-reader.js';

const EXTENSIONS: Readonly<Record<string, DocumentFormat>> = {
  ...Object.fromEntries(DOCUMENT_FORMATS.map((format) => [`.${format}`, format])),
  '.htm': 'html',
  '.xhtml': 'html',
  '.markdown': 'md',
  '.tsv': 'csv',
  '.jsonl': 'json',
  '.ndjson': 'json',
  '.mht': 'eml',
  '.mhtml': 'eml',
  '.docm': 'docx',
  '.pptm': 'pptx',
  '.ppsx': 'pptx',
  '.xlsm': 'xlsx',
};

/** What `file-type` calls the variants of the office formats. */
const OFFICE_TYPES: Readonly<Record<string, DocumentFormat>> = {
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
  pptx: 'pptx',
  pptm: 'pptx',
  ppsx: 'pptx',
  potx: 'pptx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xltx: 'xlsx',
};

const BINARY_FORMATS: ReadonlySet<DocumentFormat> = new Set(['pdf', 'docx', 'pptx', 'xlsx']);

/** Formats of text that their content does not give away. */
const TEXT_FORMATS: ReadonlySet<DocumentFormat> = new Set(['html', 'txt', 'md', 'csv', 'json']);

/** PDF readers accept junk before the header, but not much of it. */
const PDF_HEADER_BYTES = 1024;

/** How much of a text is looked at to tell its kind. */
const TEXT_HEAD_BYTES = 16 * 1024;

/** A comment ends at its first `-->`: otherwise many comments in a row could be split in exponentially many ways. */
const HTML_START =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|title|meta|table|div|p|h1|center|font)\b)/i;
const MAIL_START =
  /^(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*)*?(?:received|return-path|message-id|mime-version|delivered-to|x-mailer|dkim-signature):/i;
const MAIL_HEADERS =
  /^(?:from|to|subject|date|cc|reply-to|mime-version|content-type|message-id|received|return-path):/gim;

/**
 * Tells the format of a document by its content, and by the extension of its name where the content leaves it open
 * (Markdown, CSV, plain text).
 * @throws DocketError `document.corrupt`, `document.encrypted` (office files), `document.unsupported_type`
 */
export async function sniffFormat(bytes: Uint8Array, name = ''): Promise<DocumentFormat> {
  if (bytes.length === 0) throw new DocketError('document.corrupt', 'the file is empty; get a complete copy of it');
  const claimed = EXTENSIONS[extname(name).toLowerCase()];
  if (ascii(bytes, PDF_HEADER_BYTES).includes('%PDF-')) return 'pdf';
  const detected = await detectType(bytes);
  const office = detected && OFFICE_TYPES[detected.ext];
  if (office) return office;
  if (detected?.ext === 'rtf') return 'rtf';
  if (detected?.ext === 'cfb') throw oldOfficeError(bytes);
  if (detected?.ext === 'zip' && claimed && BINARY_FORMATS.has(claimed) && claimed !== 'pdf') return claimed;
  if (detected && detected.mime !== 'application/xml')
    throw unsupported(`${detected.ext.toUpperCase()} (${detected.mime})`);
  if (ascii(bytes, 64).trimStart().startsWith('{\\rtf')) return 'rtf';
  return sniffText(bytes, claimed);
}

function sniffText(bytes: Uint8Array, claimed: DocumentFormat | undefined): DocumentFormat {
  const head = decodeText(bytes.subarray(0, TEXT_HEAD_BYTES));
  if (looksBinary(head)) {
    if (!claimed || !BINARY_FORMATS.has(claimed)) throw unsupported('unknown binary data');
    const message = `the name says ${claimed.toUpperCase()}, but the content is none; it is damaged or incomplete, get a fresh copy of it`;
    throw new DocketError('document.corrupt', message);
  }
  if (HTML_START.test(head)) return 'html';
  if (looksLikeMail(head, claimed === 'eml')) return 'eml';
  if (claimed && TEXT_FORMATS.has(claimed)) return claimed;
  if (/^\s*[[{]/.test(head) && isJson(bytes)) return 'json';
  return 'txt';
}

async function detectType(bytes: Uint8Array) {
  try {
    return await fileTypeFromBuffer(bytes);
  } catch {
    return undefined;
  }
}

/** @param claimed whether the name says that it is mail: then one header is enough */
function looksLikeMail(head: string, claimed: boolean): boolean {
  const block = head.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
  if (!/^(?:From .*\r?\n)?[\w-]+: /.test(block)) return false;
  const headers = new Set((block.match(MAIL_HEADERS) ?? []).map((header) => header.toLowerCase()));
  if (claimed && headers.size >= 1) return true;
  return (MAIL_START.test(block) && headers.size >= 2) || headers.size >= 4;
}

function looksBinary(head: string): boolean {
  let odd = 0;
  for (const character of head) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 27)) odd++;
  }
  return odd > head.length * 0.1;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(decodeText(bytes));
    return true;
  } catch {
    return false;
  }
}

/** OLE containers: an encrypted office document, or the office formats of before 2007. */
function oldOfficeError(bytes: Uint8Array): DocketError {
  const names = new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1));
  if (names.includes('EncryptedPackage')) {
    const message = 'the office document is encrypted and needs a password; remove the password first';
    return new DocketError('document.encrypted', message);
  }
  return unsupported(
    'an office file of before 2007 (OLE: DOC, XLS, PPT or MSG), which can be saved as DOCX, XLSX or PPTX',
  );
}

function unsupported(what: string): DocketError {
  const supported = DOCUMENT_FORMATS.map((format) => format.toUpperCase()).join(', ');
  return new DocketError('document.unsupported_type', `this is ${what}; Docket reads ${supported}`, { data: { what } });
}

function ascii(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length)).toString('latin1');
}
