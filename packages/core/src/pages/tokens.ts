import { firstAtLeast } from './first-at-least.js';
import type { Page } from './page.js';

/** The words of a text, in parallel arrays. */
export interface Tokens {
  /** Folded words: lower case, no accents, no plural `s`. Scripts without blanks give one token per character. */
  readonly words: readonly string[];
  /** UTF-16 offsets into the text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** 1 where the token is the first of its line. */
  readonly opensLine: readonly (0 | 1)[];
}

/** Words; characters of scripts without blanks one by one; signs that mean something. */
const TOKEN =
  /[#§©®№$€£¥%@☐☑☒□]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}])+|\p{N}+/uy;
const BEYOND_ASCII = /[^\n -~]/;

const LINE_BREAK = 0x0a;
const FIRST_BEYOND_ASCII = 0x80;

/** What a character of ASCII is to a text of words. */
const LETTER = 1;
const DIGIT = 2;
const SIGN = 3;
const KINDS = Uint8Array.from({ length: FIRST_BEYOND_ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z]/.test(character) ? LETTER : /\d/.test(character) ? DIGIT : /[#$%@]/.test(character) ? SIGN : 0;
});

/** Splits normalised text into folded words. */
export function tokenise(text: string): Tokens {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const opensLine: (0 | 1)[] = [];
  let isFresh = true;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === LINE_BREAK) isFresh = true;
    const end = code < FIRST_BEYOND_ASCII && KINDS[code] === 0 ? at : tokenEnd(text, at, code);
    if (end === at) {
      // Never in the middle of a surrogate pair: the pattern would go back to its beginning.
      at += isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(at + 1)) ? 2 : 1;
      continue;
    }
    words.push(foldWord(text.slice(at, end)));
    starts.push(at);
    ends.push(end);
    opensLine.push(isFresh ? 1 : 0);
    isFresh = false;
    at = end;
  }
  return { words, starts, ends, opensLine };
}

/** Where the token that begins at an offset ends: at the offset itself where there is none. */
function tokenEnd(text: string, start: number, first: number): number {
  let end = start;
  if (first < FIRST_BEYOND_ASCII) {
    const kind = KINDS[first] as number;
    end++;
    if (kind === SIGN) return end;
    let next = 0;
    // Never behind the text: V8 gives up what it has optimised where it meets NaN.
    while (end < text.length) {
      next = text.charCodeAt(end);
      if (next >= FIRST_BEYOND_ASCII || KINDS[next] !== kind) break;
      end++;
    }
    if (end === text.length || next < FIRST_BEYOND_ASCII) return end;
  }
  // A word that goes on, or begins, beyond ASCII.
  TOKEN.lastIndex = start;
  return TOKEN.test(text) ? TOKEN.lastIndex : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

const known = new WeakMap<Page, Tokens>();

/** The words of a page, split once for all who ask. */
export function tokensOfPage(page: Page): Tokens {
  let tokens = known.get(page);
  if (!tokens) {
    tokens = tokenise(page.text);
    known.set(page, tokens);
  }
  return tokens;
}

/** What `tokenise` gives for a stretch of a page's text. */
export function tokensBetween(page: Page, start: number, end: number): Tokens {
  const { words, starts, ends, opensLine } = tokensOfPage(page);
  const first = firstAtLeast(ends, start + 1);
  const next = firstAtLeast(starts, end);
  const isCut = (starts[first] ?? end) < start || (ends[next - 1] ?? start) > end;
  if (isCut) return tokenise(page.text.slice(start, end));
  const opens = opensLine.slice(first, next);
  if (opens.length > 0) opens[0] = 1;
  return {
    words: words.slice(first, next),
    starts: starts.slice(first, next).map((offset) => offset - start),
    ends: ends.slice(first, next).map((offset) => offset - start),
    opensLine: opens,
  };
}

/** Words of documents repeat; folding them is most of the work. */
const folded = new Map<string, string>();
const MOST_FOLDED = 100_000;

/** V8 keeps a longer piece as a view of the whole text, which a cache would then hold for good. */
const LONGEST_CACHED = 12;

/** Lower case, without accents, without the plural `s` of English (harmless elsewhere: both sides are folded alike). */
export function foldWord(word: string): string {
  const cached = folded.get(word);
  if (cached !== undefined) return cached;
  if (folded.size >= MOST_FOLDED) folded.clear();
  const lower = word.toLowerCase();
  const plain = !BEYOND_ASCII.test(lower)
    ? lower
    : lower
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .normalize('NFC')
        .replace(/ß/g, 'ss');
  const result = withoutPlural(plain);
  if (word.length <= LONGEST_CACHED) folded.set(word, result);
  return result;
}

function withoutPlural(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:[sx]|[cs]h)es$/.test(word)) return word.slice(0, -2);
  return /[siu]s$/.test(word) ? word : word.slice(0, -1);
}
