import type { DocumentFormat } from './document-reader.js';

/**
 * What each reader is known by in caches: known without loading the reader. An identity changes whenever the text that its
 * reader gives for the same bytes may change.
 */
export const READER_IDENTITIES: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'pdfjs-5.6.205/2',
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
