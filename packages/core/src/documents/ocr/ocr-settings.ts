/** When pages are read by OCR. */
export const OCR_MODES = ['auto', 'off', 'always'] as const;

/** One of {@link OCR_MODES}. */
export type OcrMode = (typeof OCR_MODES)[number];

/** What reads text from pictures. */
export const OCR_ENGINE_NAMES = ['tesseract.js', 'tesseract'] as const;

/** One of {@link OCR_ENGINE_NAMES}. */
export type OcrEngineName = (typeof OCR_ENGINE_NAMES)[number];

/** `auto`: where the selected pages hold too little text to decide. */
export const DEFAULT_OCR_MODE: OcrMode = 'auto';

/** WebAssembly, which needs nothing of the system. */
export const DEFAULT_OCR_ENGINE: OcrEngineName = 'tesseract.js';

/** Pages of one document that are read by OCR at most: a document says what it is at its front. */
export const DEFAULT_OCR_MAX_PAGES = 3;

/** How and when pages are read by OCR. */
export interface OcrChoice {
  /** @default "auto" */
  readonly ocr?: OcrMode | undefined;
  /** Pages of one document that are read by OCR at most; 0: all that are selected. @default 3 */
  readonly ocrMaxPages?: number | undefined;
  /** @default "tesseract.js" */
  readonly ocrEngine?: OcrEngineName | undefined;
  /** Folder of language files (`*.traineddata`) beside those of npm packages. @default none */
  readonly ocrFolder?: string | undefined;
}

/** An {@link OcrChoice} with every gap filled. */
export interface OcrSettings {
  readonly mode: OcrMode;
  /** `Infinity`: all that are selected. */
  readonly maxPages: number;
  readonly engine: OcrEngineName;
  readonly folder: string | undefined;
}

/** Fills the gaps of a choice. */
export function ocrSettingsOf({
  ocr = DEFAULT_OCR_MODE,
  ocrMaxPages = DEFAULT_OCR_MAX_PAGES,
  ocrEngine = DEFAULT_OCR_ENGINE,
  ocrFolder,
}: OcrChoice): OcrSettings {
  const maxPages = ocrMaxPages > 0 ? ocrMaxPages : Number.POSITIVE_INFINITY;
  return { mode: ocr, maxPages, engine: ocrEngine, folder: ocrFolder };
}
