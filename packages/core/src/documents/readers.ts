import type { DocumentFormat, DocumentReader } from './document-reader.js';
import type { ImageFormat } from './images/image-formats.js';
import type { OcrChoice } from './ocr/ocr-settings.js';
import { DEFAULT_PDF_READER, type PdfReaderName } from './pdf/pdf-reader-names.js';

/** Which reader to use where a format has several, and when pages are read by OCR. */
export interface ReaderChoice extends OcrChoice {
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
  png: () => imageReaderOf('png'),
  jpeg: () => imageReaderOf('jpeg'),
  tiff: () => imageReaderOf('tiff'),
  webp: () => imageReaderOf('webp'),
  gif: () => imageReaderOf('gif'),
  bmp: () => imageReaderOf('bmp'),
  rtf: async () => (await import('./rtf/rtf-reader.js')).rtfReader,
};

async function imageReaderOf(format: ImageFormat): Promise<DocumentReader> {
  return (await import('./images/image-reader.js')).imageReader(format);
}

/** The fields of a choice alone, out of whatever has them: what a reading is asked with and what a recall is. */
export function readerChoiceOf({ pdfReader, ocr, ocrMaxPages, ocrEngine, ocrFolder }: ReaderChoice): ReaderChoice {
  return { pdfReader, ocr, ocrMaxPages, ocrEngine, ocrFolder };
}

/** The reader of a format. */
export function readerOf(format: DocumentFormat, choice: ReaderChoice = {}): Promise<DocumentReader> {
  return LOADERS[format](choice);
}
