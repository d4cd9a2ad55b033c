import { countCharacters } from './count-characters.js';

/** What the lines of a page look like: counts, so that pages can be added up. */
export interface PageShape {
  readonly lines: number;
  readonly words: number;
  readonly letters: number;
  readonly digits: number;
  /** Median length of a line, in UTF-16 units. */
  readonly medianLineLength: number;
  /** Lines that begin with a bullet or a dash. */
  readonly bullets: number;
  /** Amounts of money: a currency beside a number, or a number with two decimals. */
  readonly moneyAmounts: number;
  /** Lines that begin like a numbered section: `1.`, `2.3`, `§ 4`, `Article 5`, `(a)`. */
  readonly sections: number;
  /** Citations: `[12]`, `(Smith et al., 2004)`. */
  readonly citations: number;
  /** Distinct labels of mail headers among the first lines. */
  readonly mailHeaders: number;
  /** Places to fill in: `____`, `.....`, check boxes. */
  readonly blankFields: number;
  readonly codeLines: number;
  readonly questions: number;
  /** Clock times and time stamps. */
  readonly clockTimes: number;
  /** Lines that begin `NAME:`. */
  readonly speakers: number;
}

const BULLET = /^(?:[•‣◦▪▫●○■□➢✓–—*·-]|o(?= ))\s*\S/;
const SECTION =
  /^(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s+\p{L}|§+\s?\d|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s|(?:sec(?:tion|\.)|art(?:icle|ikel|icolo|ículo|igo|\.)|chapter|clause|rule|schedule|part)\s+[\dIVX]+)/iu;
/** Numbers of bounded length: in one of megabytes, each digit would be tried as the first one to its end. */
const MONEY =
  /(?:[$€£¥₹₩]|\b(?:USD|EUR|GBP|CHF|INR|CAD|AUD|Rs)\.?)\s?\d|\d[\d.,' ]{0,200}\s?(?:[€£¥元円]|(?:USD|EUR|GBP|CHF|kr)\b)|\b\d{1,3}(?:[.,' ]\d{3}){0,50}[.,]\d{2}(?![\d.,%])/g;
const CITATION =
  /\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\((?:e\.g\.,?\s)?\p{Lu}[\p{L}'-]+(?:\s(?:et al\.?|(?:and|&|und|et)\s\p{Lu}[\p{L}'-]+))?,?\s(?:19|20)\d{2}[a-z]?\)/gu;
const MAIL_HEADER =
  /^(from|to|subject|date|cc|bcc|sent|reply-to|von|an|betreff|datum|gesendet|de|à|objet|envoyé|asunto|para|da|oggetto|onderwerp|发件人|收件人|主题|差出人|宛先|件名)\s?[:：]\s*\S/i;
const MAIL_HEADER_LINES = 15;
const BLANK_FIELD = /_{3,}|\.{5,}|…{3,}|[☐☑☒□❑]|\[ ?\](?!\()/g;
const CODE =
  /[;{}]\s*$|^\s*(?:import|from|def|class|function|const|let|var|return|public|private|static|if|for|while|else|elif|end|package|use|using|namespace|#include|#define|#!)\b.*[({;:=<>'"]|^\s*[\w.$-]+\s?(?:=|:=|=>|\+=)\s?\S|^\s*(?:\/\/|\/\*|<\/?\w+[^>]*>|[)\]}]+[,;]?$)/;
const CLOCK_TIME = /\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?(?:\s?[ap]\.?m\b)?/gi;
const SPEAKER = /^(?:\[?[\d:.]+\]?\s)?\p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*){0,3}\s?[:：](?:\s|$)/u;

/** Measures the lines of a page's normalised text. */
export function measureShape(text: string): PageShape {
  const lines = text.split('\n').filter((line) => line !== '');
  const { words, letters, digits } = countCharacters(text);
  return {
    lines: lines.length,
    words,
    letters,
    digits,
    medianLineLength: median(lines.map((line) => line.length)),
    bullets: countLines(lines, BULLET),
    moneyAmounts: digits === 0 ? 0 : count(text, MONEY),
    sections: countLines(lines, SECTION),
    citations: digits === 0 ? 0 : count(text, CITATION),
    mailHeaders: countMailHeaders(lines),
    blankFields: count(text, BLANK_FIELD),
    codeLines: countLines(lines, CODE),
    questions: lines.reduce((found, line) => (line.endsWith('?') || line.endsWith('？') ? found + 1 : found), 0),
    clockTimes: digits === 0 ? 0 : count(text, CLOCK_TIME),
    speakers: countLines(lines, SPEAKER),
  };
}

/** Median of numbers; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (pattern.exec(text)) found++;
  return found;
}

function countLines(lines: readonly string[], pattern: RegExp): number {
  return lines.reduce((found, line) => (pattern.test(line) ? found + 1 : found), 0);
}

function countMailHeaders(lines: readonly string[]): number {
  const labels = lines.slice(0, MAIL_HEADER_LINES).map((line) => MAIL_HEADER.exec(line)?.[1]?.toLowerCase());
  return new Set(labels.filter((label) => label !== undefined)).size;
}
