import { DEFAULT_OCR_ENGINE, DEFAULT_OCR_MODE, OCR_ENGINE_NAMES, OCR_MODES } from '@docket/core';
import { InvalidArgumentError, Option } from 'commander';

/** Flags that say how pages are read by OCR. */
export interface OcrFlags {
  readonly ocr?: string;
  readonly ocrMaxPages?: string;
  readonly ocrEngine?: string;
}

/** `--ocr` */
export function ocrModeOption(): Option {
  return new Option(
    '--ocr <mode>',
    `whether pages are read by OCR: ${OCR_MODES.join(', ')} (default: ${DEFAULT_OCR_MODE})`,
  );
}

/** `--ocr-max-pages` */
export function ocrMaxPagesOption(): Option {
  return new Option('--ocr-max-pages <count>', 'read at most so many pages of a document by OCR; 0: all (default: 3)');
}

/** `--ocr-engine` */
export function ocrEngineOption(): Option {
  const text = `what reads pictures: ${OCR_ENGINE_NAMES.join(', ')} (default: ${DEFAULT_OCR_ENGINE})`;
  return new Option('--ocr-engine <name>', text);
}

/** The settings that these flags stand for. */
export function ocrSettingsOf({ ocr, ocrMaxPages, ocrEngine }: OcrFlags) {
  return { ocr, ocrMaxPages, ocrEngine };
}

/** `--lang` */
export function languageOption(): Option {
  return new Option(
    '--lang <codes>',
    'language of the documents, ISO 639-1: a hint; for scans what to read, several with commas between them',
  ).argParser(parseLanguages);
}

function parseLanguages(text: string): string {
  if (text.split(',').every((code) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code))) return text;
  throw new InvalidArgumentError('It must be a language code such as en or de, or several with commas between them.');
}
