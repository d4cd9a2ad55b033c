import type { DocumentFormat } from './document-reader.js';
import { DEFAULT_PDF_READER, type PdfReaderName } from './pdf/pdf-reader-names.js';

/**
 * What each reader is known by in caches: known without loading the reader. An identity changes whenever the text that its
 * reader gives for the same bytes may change, and all do when the record of a page changes.
 */
export const READER_IDENTITIES: Readonly<Record<Exclude<DocumentFormat, 'pdf'>, string>> = {
  docx: 'docx-2',
  pptx: 'pptx-2',
  xlsx: 'xlsx-2',
  html: 'html-3',
  txt: 'txt-3',
  md: 'md-3',
  csv: 'csv-3',
  json: 'json-3',
  eml: 'eml-2',
  rtf: 'rtf-2',
  png: 'image-1',
  jpeg: 'image-1',
  tiff: 'image-1',
  webp: 'image-1',
  gif: 'image-1',
  bmp: 'image-1',
};

/** The same of the libraries that read PDF. */
export const PDF_READER_IDENTITIES: Readonly<Record<PdfReaderName, string>> = {
  pdfjs: 'pdfjs-5.6.205/3',
  pdfium: 'pdfium-2.1.13/3',
};

/** Identities of the text of a PDF under a choice of reader: from that one, and from the other where it could not open the file. */
export function pdfReaderIdentities(name: PdfReaderName): { readonly alone: string; readonly withOther: string } {
  const { pdfjs, pdfium } = PDF_READER_IDENTITIES;
  return name === 'pdfjs'
    ? { alone: pdfjs, withOther: `${pdfium} after ${pdfjs}` }
    : { alone: pdfium, withOther: `${pdfjs} after ${pdfium}` };
}

/** What stands between the identity of a reader and that of the OCR which read some of its pages. */
const AND_OCR = ' + ';

/** What a document is known by some of whose pages were read by OCR. */
export function withOcr(readerIdentity: string, ocrIdentity: string): string {
  return `${readerIdentity}${AND_OCR}${ocrIdentity}`;
}

/** The parts of an identity. */
export function splitIdentity(identity: string): { readonly reader: string; readonly ocr?: string } {
  const [reader = '', ocr] = identity.split(AND_OCR, 2);
  return { reader, ...(ocr === undefined ? {} : { ocr }) };
}

/**
 * Whether text under an identity comes from the reader that would read the document today. What was read by OCR is another
 * question: see `recallPages`.
 */
export function isCurrentIdentity(
  identity: string,
  {
    format,
    pdfReader = DEFAULT_PDF_READER,
  }: { readonly format: DocumentFormat; readonly pdfReader?: PdfReaderName | undefined },
): boolean {
  const { reader } = splitIdentity(identity);
  if (format !== 'pdf') return reader === READER_IDENTITIES[format];
  const { alone, withOther } = pdfReaderIdentities(pdfReader);
  return reader === alone || reader === withOther;
}
