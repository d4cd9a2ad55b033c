import type { DocumentFormat } from '../../documents/document-reader.js';
import type { DocumentRecord } from '../../documents/read-document.js';
import type { PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import { headRanges, type TextRange } from '../../pages/head-ranges.js';
import type { Page } from '../../pages/page.js';
import { type Tokens, tokenise, tokensOfPage } from '../../pages/tokens.js';
import type { SlipMender } from './slip-mender.js';

/** A page with its words; the title of the document is page 0. */
export interface TokenisedPage {
  readonly page: number;
  readonly text: string;
  readonly tokens: Tokens;
  /** Parts that count as the head of the document. */
  readonly head: readonly TextRange[];
  /** Words before this page. */
  readonly wordsBefore: number;
  /** Words from its first one to the end of the document; infinite when the end was not read. */
  readonly wordsToEnd: number;
}

/** Where a phrase stands first. */
export interface PhrasePlace {
  readonly page: TokenisedPage;
  readonly firstToken: number;
  readonly lastToken: number;
}

/** How often a phrase occurs in a document. */
export interface PhraseCount {
  /** Occurrences at the front and the end of the document, and a part of those in between. */
  count: number;
  /** Of these, at the head of the first page. */
  headCount: number;
  readonly first: PhrasePlace;
}

/**
 * A document says what it is at its front, and again at its end (signatures, sources, notices); what stands in between says
 * what it is about. So many words are its front and its end.
 */
const FRONT_WORDS = 600;
const END_WORDS = 300;

/** What an occurrence in between counts. */
const MIDDLE_OCCURRENCE = 0.25;

/** Formats whose title stands in metadata and not in the text. */
const TITLE_APART: ReadonlySet<DocumentFormat> = new Set(['pdf', 'docx', 'pptx', 'xlsx', 'rtf']);

/**
 * Splits the title and all pages of a document into words.
 * @param mender What mends the words of pages that were read by OCR; without it they stay as they were read
 */
export function tokenisePages(
  { format, title, pages, pageCount }: DocumentRecord,
  mender?: Pick<SlipMender, 'mend'>,
): TokenisedPage[] {
  const tokensOf = (page: Page) => {
    const tokens = tokensOfPage(page);
    return mender && page.method === 'ocr' ? mender.mend(tokens, page.text) : tokens;
  };
  const filled = pages.filter(({ text }) => text !== '').map((page) => ({ page, tokens: tokensOf(page) }));
  const words = filled.reduce((sum, { tokens }) => sum + tokens.words.length, 0);
  const end = pages.at(-1)?.number === pageCount ? words : Number.POSITIVE_INFINITY;
  let wordsBefore = 0;
  const result = filled.map(({ page, tokens }): TokenisedPage => {
    const head = wordsBefore === 0 ? headRanges(page) : [];
    const located = { page: page.number, text: page.text, tokens, head, wordsBefore, wordsToEnd: end - wordsBefore };
    wordsBefore += tokens.words.length;
    return located;
  });
  if (!title || !TITLE_APART.has(format)) return result;
  const titlePage = { page: 0, text: title, tokens: tokenise(title), head: [], wordsBefore: 0, wordsToEnd: end };
  return [titlePage, ...result];
}

/** Finds the phrases of a matcher in all pages, in reading order, the longest first at each place. */
export function locatePhrases(
  matcher: PhraseMatcher,
  pages: readonly TokenisedPage[],
  found: (phrase: number, page: TokenisedPage, firstToken: number, lastToken: number) => void,
): void {
  for (const page of pages) {
    matcher.match(page.tokens, (phrase, firstToken, lastToken) => found(phrase, page, firstToken, lastToken));
  }
}

/** Adds one occurrence to the counts of its phrase. */
export function countPlace(
  known: PhraseCount | undefined,
  page: TokenisedPage,
  firstToken: number,
  lastToken: number,
): PhraseCount {
  const isOuter = page.wordsBefore + firstToken < FRONT_WORDS || page.wordsToEnd - firstToken <= END_WORDS;
  const amount = isOuter ? 1 : MIDDLE_OCCURRENCE;
  const atHead = isAtHead(page, firstToken) ? 1 : 0;
  if (!known) return { count: amount, headCount: atHead, first: { page, firstToken, lastToken } };
  known.count += amount;
  known.headCount += atHead;
  return known;
}

function isAtHead({ head, tokens }: TokenisedPage, token: number): boolean {
  if (head.length === 0) return false;
  const at = tokens.starts[token] ?? 0;
  return head.some(({ start, end }) => at >= start && at < end);
}

/** How much occurrences weigh: the first fully, more of them less and less, those at the head more. */
export function occurrenceWeight({ count, headCount }: PhraseCount, saturation: number, head: number): number {
  return (((saturation + 1) * count) / (count + saturation)) * (headCount > 0 ? 1 + head : 1);
}
