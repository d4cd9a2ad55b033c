import type { OcrText, OcrWord } from './ocr-engine.js';
import { meanConfidence } from './tesseract-tsv.js';

/** Letters beyond these say nothing more of whether a reading makes sense. */
const ENOUGH_LETTERS = 300;

/** All words of a reading. */
export function wordsOf({ lines }: OcrText): readonly OcrWord[] {
  return lines.flatMap(({ words }) => words);
}

/** How many letters were read. */
export function lettersOf(words: readonly OcrWord[]): number {
  return words.reduce((letters, { text }) => letters + text.length, 0);
}

/** What a reading is worth beside another of the same: upside down, a page is a few odd letters. */
export function worthOf(words: readonly OcrWord[]): number {
  return meanConfidence([{ words, endsBlock: true }]) ** 2 * Math.min(ENOUGH_LETTERS, lettersOf(words));
}
