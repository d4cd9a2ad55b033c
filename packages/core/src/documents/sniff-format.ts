import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { DocketError } from '../errors.js';
import { decodeText } from './decode-text.js';
import { DOCUMENT_FORMATS, type DocumentFormat } from './document-reader.js';
import { IMAGE_FORMATS } from './images/image-formats.js';
import { findOleProtection, isOleContainer } from './ole-container.js';
import { unsupportedType } from './unsupported-type.js';

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
  '.jpg': 'jpeg',
  '.jpe': 'jpeg',
  '.tif': 'tiff',
  '.dib': 'bmp',
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

/** What `file-type` calls pictures; an animated PNG is one, and its first frame is what it shows. */
const IMAGE_TYPES: Readonly<Record<string, DocumentFormat>> = {
  png: 'png',
  apng: 'png',
  jpg: 'jpeg',
  tif: 'tiff',
  webp: 'webp',
  gif: 'gif',
  bmp: 'bmp',
};

const BINARY_FORMATS: ReadonlySet<DocumentFormat> = new Set(['pdf', 'docx', 'pptx', 'xlsx', ...IMAGE_FORMATS]);

const ZIPPED_FORMATS: ReadonlySet<DocumentFormat> = new Set(['docx', 'pptx', 'xlsx']);

/** Formats of text that their content does not give away. */
const TEXT_FORMATS: ReadonlySet<DocumentFormat> = new Set(['html', 'txt', 'md', 'csv', 'json']);

/** PDF readers accept junk before the header, but not much of it ... */
const PDF_HEADER_BYTES = 1024;

/** ... unless the name says that it is one: then objects do, without any header. */
const PDF_OBJECT_BYTES = 64 * 1024;
const PDF_OBJECT = /%PDF-\d|(?:^|\s)\d+\s+\d+\s+obj\b/;

/** Larger texts are not parsed only to see what they are. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;

/** How much of a text is looked at to tell its kind. */
const TEXT_HEAD_BYTES = 16 * 1024;

/** What may stand before HTML. One piece at a time: a pattern for all of them takes exponential time. */
const HTML_PROLOGUE = /\s*(?:<\?xml[^>]*>|<!--[\s\S]*?-->)/y;
const HTML_START = /^\s*(?:<!doctype\s+html|<(?:html|head|body|title|meta|table|div|p|h1|center|font)\b)/i;
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
  if (claimed === 'pdf' && PDF_OBJECT.test(ascii(bytes, PDF_OBJECT_BYTES))) return 'pdf';
  if (isOleContainer(bytes)) throw oldOfficeError(bytes, extensionOf(name));
  // Its byte order mark passes for the beginning of a sound.
  if (isMarkedUtf16(bytes)) return sniffText(bytes, claimed);
  const detected = await detectType(bytes);
  const office = detected && OFFICE_TYPES[detected.ext];
  if (office) return office;
  const image = detected && IMAGE_TYPES[detected.ext];
  if (image) return image;
  if (detected?.ext === 'rtf') return 'rtf';
  if (detected?.ext === 'zip' && claimed && ZIPPED_FORMATS.has(claimed)) return claimed;
  if (detected && detected.mime !== 'application/xml')
    throw unsupportedType(`${detected.ext.toUpperCase()} (${detected.mime})`, extensionOf(name), detected.ext);
  if (ascii(bytes, 64).trimStart().startsWith('{\\rtf')) return 'rtf';
  return sniffText(bytes, claimed);
}

function sniffText(bytes: Uint8Array, claimed: DocumentFormat | undefined): DocumentFormat {
  const head = decodeText(bytes.subarray(0, TEXT_HEAD_BYTES));
  if (looksBinary(head)) {
    if (!claimed || !BINARY_FORMATS.has(claimed)) throw unsupportedType('unknown binary data');
    const message = `the name says ${claimed.toUpperCase()}, but the content is none; it is damaged or incomplete, get a fresh copy of it`;
    throw new DocketError('document.corrupt', message);
  }
  if (HTML_START.test(withoutPrologue(head))) return 'html';
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

function withoutPrologue(head: string): string {
  HTML_PROLOGUE.lastIndex = 0;
  let end = 0;
  while (HTML_PROLOGUE.test(head)) end = HTML_PROLOGUE.lastIndex;
  return head.slice(end);
}

function isMarkedUtf16(bytes: Uint8Array): boolean {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isMarked && !looksBinary(decodeText(bytes.subarray(0, TEXT_HEAD_BYTES)));
}

function extensionOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}

function isJson(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_JSON_BYTES) return false;
  try {
    JSON.parse(decodeText(bytes));
    return true;
  } catch {
    return false;
  }
}

/** OLE containers: an encrypted office document, or the office formats of before 2007. */
function oldOfficeError(bytes: Uint8Array, extension: string): DocketError {
  const protection = findOleProtection(bytes);
  if (protection === 'password') {
    const message =
      'the office document is encrypted and needs a password; remove the password and save it as DOCX, XLSX or PPTX';
    return new DocketError('document.encrypted', message);
  }
  if (protection === 'rights') {
    const message = 'the office document is encrypted by rights management; save a copy of it without protection';
    return new DocketError('document.encrypted', message);
  }
  return unsupportedType('an office file of before 2007 (OLE: DOC, XLS, PPT or MSG)', extension, 'cfb');
}

function ascii(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length)).toString('latin1');
}
