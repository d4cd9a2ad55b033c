import { DocketError } from '../../errors.js';
import { chooseLanguages } from './choose-languages.js';
import { isoCode } from './language-codes.js';
import { loadOcrEngine } from './load-ocr-engine.js';
import { findTesseract, loadSharp, OcrNotInstalled } from './load-optional.js';
import { type OcrChoice, ocrSettingsOf } from './ocr-settings.js';

/** What OCR can do on this machine. */
export interface OcrStatus {
  /** Program and version. */
  readonly engine: string;
  readonly languages: readonly OcrLanguageStatus[];
}

/** A language that can be read. */
export interface OcrLanguageStatus {
  /** Of tesseract. */
  readonly code: string;
  /** ISO 639-1, where there is one: what `--lang` takes. */
  readonly iso: string | null;
  /** The file, package or program that it comes from. */
  readonly source: string;
}

/**
 * Looks at what OCR needs.
 * @throws DocketError `model.not_installed` saying what is missing, `model.incompatible`
 */
export async function ocrStatus(choice: OcrChoice): Promise<OcrStatus> {
  try {
    const settings = ocrSettingsOf(choice);
    const engine = await loadOcrEngine(settings);
    if (settings.engine === 'tesseract.js') findTesseract();
    await loadSharp();
    const languages = await engine.languages();
    // Throws where there is none at all.
    chooseLanguages(undefined, languages);
    return {
      engine: engine.identity,
      languages: languages.map(({ code, source }) => ({ code, iso: isoCode(code) ?? null, source })),
    };
  } catch (error) {
    if (error instanceof OcrNotInstalled) throw new DocketError('model.not_installed', error.what, { cause: error });
    throw error;
  }
}
