import type { DocumentFormat, DocumentReader } from './document-reader.js';
import { DEFAULT_PDF_READER, type PdfReaderName } from './pdf/pdf-reader-names.js';

/** Which reader to use where a format has several. */
export interface ReaderChoice {
  /** @default DEFAULT_PDF_READER */
  readonly pdfReader?: PdfReaderName | undefined;
}

/** Each reader is loaded when the first document of its format comes. */
const LOADERS: Readonly<Record<DocumentFormat, (options: ReaderChoice) => Promise<DocumentReader>>> = {
  pdf: async ({ pdfReader }) => (await import('./pdf/pdf-reader.js')).pdfReader(pdfReader ?? DEFAULT_PDF_READER),
  docx: async () => (await import('./ooxml/docx-reader.js')).docxReader,
  pptx: async () => (await import('./ooxml/pptx-reader.js')).pptxReader,
  xlsx: async () => (await import('./ooxml/xlsx-reader.js')).xlsxReader,
  html: async () => (await import('./html/html-reader.js')).htmlReader,
  txt: async () => (await import('./plain/text-reader.js')).textReader,
  md: async () => (await import('./plain/text-reader.js')).markdownReader,
  csv: async () => (await import('./plain/csv-reader.js')).csvReader,
  json: async () => (await import('./plain/json-reader.js')).jsonReader,
  eml: async () => (await import('./eml/eml-reader.js')).emlReader,
  rtf: async () => (await import('./rtf/rtf-reader.js')).rtfReader,
};

/** The reader of a format. */
export function readerOf(format: DocumentFormat, choice: ReaderChoice = {}): Promise<DocumentReader> {
  return LOADERS[format](choice);
}
