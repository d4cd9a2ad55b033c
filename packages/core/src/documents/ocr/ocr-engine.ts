import type { PageImage } from '../page-image.js';

/** A word on a picture. Boxes are in pixels of the picture, from its top left. */
export interface OcrWord {
  readonly text: string;
  /** How sure the engine is of it, 0 to 100. */
  readonly confidence: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Words that stand beside each other. */
export interface OcrLine {
  /** At least one. */
  readonly words: readonly OcrWord[];
  /** Whether a block of lines ends with it. */
  readonly endsBlock: boolean;
}

/** What was read from a picture, in reading order. */
export interface OcrText {
  readonly lines: readonly OcrLine[];
  /** Of all words, weighted by their letters, 0 to 100; 0 without words. */
  readonly confidence: number;
}

/** How a picture is read. */
export interface RecogniseOptions {
  /** Codes of tesseract (`eng`, `deu`), at least one, each installed. */
  readonly languages: readonly string[];
  /** `page`: columns and blocks are looked for. `block`: all is one, as on a receipt. @default "page" */
  readonly layout?: 'page' | 'block' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads the text of pictures, on this machine. Keeps what it loaded for the next picture. */
export interface OcrEngine extends AsyncDisposable {
  /** Program and version: changes whenever the text that it reads in the same picture may change. */
  readonly identity: string;
  /** Languages that it can read, by tesseract's codes, in order. */
  languages(): Promise<readonly OcrLanguage[]>;
  /**
   * @throws DocketError `document.corrupt` when the picture cannot be read, `model.incompatible` when a language cannot be loaded; the
   *   signal's reason
   */
  recognise(image: PageImage, options: RecogniseOptions): Promise<OcrText>;
}

/** A language that can be read. */
export interface OcrLanguage {
  /** Of tesseract: `eng`, `chi_sim`. */
  readonly code: string;
  /** Changes with its data. */
  readonly identity: string;
  /** Its data; absent where the engine knows by itself. */
  readonly file?: string;
  /** Where it comes from, for people. */
  readonly source: string;
}
