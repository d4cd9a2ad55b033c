import type { Page } from '../../pages/page.js';
import type { OcrSettings } from './ocr-settings.js';

/** Different words that pages must hold together for their text to be enough. A stamp on a scan has fewer. */
const ENOUGH_WORDS = 20;

/** Different words at which no further page is read by OCR: what a document is stands among them. */
const ENOUGH_WORDS_OF_OCR = 60;

/** Share of letters without a meaning (private use, replacements) from which on a text is garbage. */
const MOST_ODD = 0.2;

/** Share of Latin words that must be pronounceable. */
const LEAST_PRONOUNCEABLE = 0.4;

/** A picture that covers less of a page is a logo or an illustration. */
const LEAST_PICTURE_SHARE = 0.3;

/** How much of a page is looked at. */
const SAMPLE_CHARACTERS = 6000;

const ODD = /[\p{Co}\p{Cn}\uFFFD\p{Cc}]/gu;

/** Latin letters and the signs between them: a quick look at most texts, which have nothing odd and no ideographs. */
const ALL_LATIN = /^[\s!-~\u00a1-\u02ff\u2010-\u2027\u2030-\u205e]*$/;

const BLANK = /\s/;
const BLANKS = /\s+/g;
const WORD = /\p{L}[\p{L}\p{M}]+/gu;
const LATIN = /^[\p{Script=Latin}\p{M}]+$/u;
const VOWEL = /[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]/i;
const UNPRONOUNCEABLE = /[^aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]{6}/i;

/** Scripts that write without blanks: each letter says as much as a word. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** What a text is made of. */
interface TextQuality {
  /** The different words that can be made sense of. */
  readonly words: ReadonlySet<string>;
  readonly isGarbage: boolean;
}

const GARBAGE: TextQuality = { words: new Set(), isGarbage: true };

/** The different words of a text that can be made sense of; none where it is garbage. */
export function readableWords(text: string): ReadonlySet<string> {
  return judgeText(text).words;
}

const known = new WeakMap<Page, TextQuality>();

/** Judged once: pages are gone through again for each that is looked at. */
function qualityOf(page: Page): TextQuality {
  let quality = known.get(page);
  if (!quality) {
    quality = judgeText(page.text);
    known.set(page, quality);
  }
  return quality;
}

function judgeText(text: string): TextQuality {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const isLatinOnly = ALL_LATIN.test(sample);
  if (!isLatinOnly && shareOfOdd(sample) > MOST_ODD) return GARBAGE;
  const found = new Set(isLatinOnly ? [] : sample.match(IDEOGRAPHS));
  let [words, sound] = [0, 0];
  for (const [word, count] of countEach(sample.match(WORD) ?? [])) {
    const isLatin = LATIN.test(word);
    if (isLatin && word.length <= 2) continue;
    words += count;
    if (isLatin && !isPronounceable(word)) continue;
    sound += count;
    found.add(word.toLowerCase());
  }
  return sound < words * LEAST_PRONOUNCEABLE ? GARBAGE : { words: found, isGarbage: false };
}

/** Of all that is no blank. */
function shareOfOdd(text: string): number {
  const odd = text.match(ODD)?.filter((character) => !BLANK.test(character)).length ?? 0;
  return odd === 0 ? 0 : odd / text.replaceAll(BLANKS, '').length;
}

function countEach(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * The page that is to be read by OCR next, or undefined when no further one is: under `auto`, the first one with little text of its
 * own, while the pages together say too little.
 * @param pages The selected ones, ascending; those that were read by OCR say so
 */
export function nextPageForOcr(pages: readonly Page[], { mode, maxPages }: OcrSettings): Page | undefined {
  if (mode === 'off') return undefined;
  const tried = pages.filter((page) => page.ocr !== undefined);
  if (tried.length >= maxPages) return undefined;
  const open = pages.filter((page) => page.ocr === undefined && page.damage === undefined);
  if (mode === 'always') return open[0];
  const enough = tried.length > 0 ? ENOUGH_WORDS_OF_OCR : ENOUGH_WORDS;
  if (holdEnough(pages, enough)) return undefined;
  return open.find((page) => hasMoreToRead(page));
}

/** Whether the text that pages came with is enough under `auto`. */
export function needNoOcr(pages: readonly Page[]): boolean {
  return holdEnough(pages, ENOUGH_WORDS);
}

/** Whether the text of a page is little or garbage, and there may be more on it than that. */
function hasMoreToRead(page: Page): boolean {
  const { words, isGarbage } = qualityOf(page);
  if (words.size >= ENOUGH_WORDS) return false;
  return isGarbage || page.text === '' || page.pictureShare === undefined || page.pictureShare >= LEAST_PICTURE_SHARE;
}

/** Whether pages that were read before are what reading them today would give. */
export function areReadAsWanted(pages: readonly Page[], settings: OcrSettings): boolean {
  if (nextPageForOcr(pages, settings)) return false;
  const tried = pages.filter((page) => page.ocr !== undefined);
  if (tried.length > settings.maxPages) return false;
  if (settings.mode === 'always') return true;
  const others = pages.filter((page) => page.ocr === undefined);
  return tried.every((_, index) => {
    const before = [...others, ...tried.slice(0, index)];
    return !holdEnough(before, index === 0 ? ENOUGH_WORDS : ENOUGH_WORDS_OF_OCR);
  });
}

/** Whether what OCR read of a page says more than the text that the page came with. */
export function saysMore(ocrText: string, text: string): boolean {
  const [read, had] = [readableWords(ocrText).size, readableWords(text).size];
  return read > had * 1.5 || (had === 0 && ocrText.trim().length > text.trim().length);
}

function holdEnough(pages: readonly Page[], enough: number): boolean {
  const words = new Set<string>();
  for (const page of pages) {
    for (const word of qualityOf(page).words) words.add(word);
    if (words.size >= enough) return true;
  }
  return false;
}

function isPronounceable(word: string): boolean {
  return VOWEL.test(word) && !UNPRONOUNCEABLE.test(word);
}
