import type { DocumentFormat, DocumentReader } from './document-reader.js';

/** Each reader is loaded when the first document of its format comes. */
const LOADERS: Readonly<Record<DocumentFormat, () => Promise<DocumentReader>>> = {
  pdf: async () => (await import('./pdf/pdf-reader.js')).pdfReader,
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
export function readerOf(format: DocumentFormat): Promise<DocumentReader> {
  return LOADERS[format]();
}
