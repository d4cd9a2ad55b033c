import type { DocumentFormat } from './document-reader.js';
import { DEFAULT_PDF_READER, type PdfReaderName } from './pdf/pdf-reader-names.js';

/**
 * What each reader is known by in caches: known without loading the reader. An identity changes whenever the text that its
 * reader gives for the same bytes may change.
 */
export const READER_IDENTITIES: Readonly<Record<Exclude<DocumentFormat, 'pdf'>, string>> = {
  docx: 'docx-1',
  pptx: 'pptx-1',
  xlsx: 'xlsx-1',
  html: 'html-2',
  txt: 'txt-2',
  md: 'md-2',
  csv: 'csv-2',
  json: 'json-2',
  eml: 'eml-1',
  rtf: 'rtf-1',
};

/** The same of the libraries that read PDF. */
export const PDF_READER_IDENTITIES: Readonly<Record<PdfReaderName, string>> = {
  pdfjs: 'pdfjs-5.6.205/2',
  pdfium: 'pdfium-2.1.13/2',
};

/** Identities of the text of a PDF under a choice of reader: from that one, and from the other where it could not open the file. */
export function pdfReaderIdentities(name: PdfReaderName): { readonly alone: string; readonly withOther: string } {
  const { pdfjs, pdfium } = PDF_READER_IDENTITIES;
  return name === 'pdfjs'
    ? { alone: pdfjs, withOther: `${pdfium} after ${pdfjs}` }
    : { alone: pdfium, withOther: `${pdfjs} after ${pdfium}` };
}

/** Whether text under an identity is what reading a document today would give. */
export function isCurrentIdentity(
  identity: string,
  {
    format,
    pdfReader = DEFAULT_PDF_READER,
  }: { readonly format: DocumentFormat; readonly pdfReader?: PdfReaderName | undefined },
): boolean {
  if (format !== 'pdf') return identity === READER_IDENTITIES[format];
  const { alone, withOther } = pdfReaderIdentities(pdfReader);
  return identity === alone || identity === withOther;
}
