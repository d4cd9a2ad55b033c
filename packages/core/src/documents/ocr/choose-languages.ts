import { DocketError } from '../../errors.js';
import { namedLanguages, tesseractCode } from './language-codes.js';
import { OcrNotInstalled, ocrRemedy } from './load-optional.js';
import type { OcrLanguage } from './ocr-engine.js';

/** What is read where nothing was named. */
const ENGLISH = 'eng';

/** Languages to read with. */
export interface ChosenLanguages {
  /** Codes of tesseract, at least one. */
  readonly codes: readonly string[];
  /** Whether the caller named them: then no other one is tried. */
  readonly areNamed: boolean;
}

/**
 * The languages that a caller named, or English, or whatever there is.
 * @param lang ISO 639-1, several with commas between them
 * @throws DocketError `model.not_installed` for one that was named and is not there; OcrNotInstalled when none is there at all
 */
export function chooseLanguages(lang: string | null | undefined, installed: readonly OcrLanguage[]): ChosenLanguages {
  const named = namedLanguages(lang);
  const has = (code: string) => installed.some((language) => language.code === code);
  const codes = named.map((iso) => {
    const code = tesseractCode(iso);
    if (code === undefined) throw unknownLanguage(iso);
    if (!has(code)) throw notInstalled(iso, code);
    return code;
  });
  if (codes.length > 0) return { codes, areNamed: true };
  const [first] = installed;
  if (!first) throw new OcrNotInstalled(`OCR needs the data of a language: ${ocrRemedy()}`);
  return { codes: [has(ENGLISH) ? ENGLISH : first.code], areNamed: false };
}

function notInstalled(iso: string, code: string): DocketError {
  const message =
    `a page is read by OCR, and its language ${iso} is not installed; run "pnpm add @tesseract.js-data/${code}@1.0.0", ` +
    `or "docket ocr add ${code}.traineddata" with a file of tesseract's`;
  return new DocketError('model.not_installed', message, { data: { language: iso, code } });
}

function unknownLanguage(iso: string): DocketError {
  const message = `a page is read by OCR, and tesseract knows no language ${iso}; name another one, or none`;
  return new DocketError('model.not_installed', message, { data: { language: iso } });
}
