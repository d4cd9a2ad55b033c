import type { DocumentFormat } from '../../documents/document-reader.js';
import type { DocumentRecord } from '../../documents/read-document.js';
import type { PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import { headRanges, type TextRange } from '../../pages/head-ranges.js';
import { type Tokens, tokenise } from '../../pages/tokens.js';

/** A page with its words; the title of the document is page 0. */
export interface TokenisedPage {
  readonly page: number;
  readonly text: string;
  readonly tokens: Tokens;
  /** Parts that count as the head of the document. */
  readonly head: readonly TextRange[];
  /** Words before this page. */
  readonly wordsBefore: number;
}

/** Where a phrase stands first. */
export interface PhrasePlace {
  readonly page: TokenisedPage;
  readonly firstToken: number;
  readonly lastToken: number;
}

/** How often a phrase occurs in a document. */
export interface PhraseCount {
  /** Occurrences at the front of the document, and a part of those behind it. */
  count: number;
  /** Of these, at the head of the first page. */
  headCount: number;
  readonly first: PhrasePlace;
}

/** A document says what it is at its front; what follows says what it is about. So many words are its front. */
const FRONT_WORDS = 600;

/** What an occurrence behind the front counts. */
const LATER_OCCURRENCE = 0.2;

/** Formats whose title stands in metadata and not in the text. */
const TITLE_APART: ReadonlySet<DocumentFormat> = new Set(['pdf', 'docx', 'pptx', 'xlsx', 'rtf']);

/** Splits the title and all pages of a document into words. */
export function tokenisePages({ format, title, pages }: DocumentRecord): TokenisedPage[] {
  const result: TokenisedPage[] = [];
  if (title && TITLE_APART.has(format)) {
    result.push({ page: 0, text: title, tokens: tokenise(title), head: [], wordsBefore: 0 });
  }
  let wordsBefore = 0;
  for (const page of pages) {
    if (page.text === '') continue;
    const tokens = tokenise(page.text);
    const head = wordsBefore === 0 ? headRanges(page) : [];
    result.push({ page: page.number, text: page.text, tokens, head, wordsBefore });
    wordsBefore += tokens.words.length;
  }
  return result;
}

/** Finds the phrases of a matcher in all pages, in reading order, the longest first at each place. */
export function locatePhrases(
  matcher: PhraseMatcher,
  pages: readonly TokenisedPage[],
  found: (phrase: number, place: PhrasePlace) => void,
): void {
  for (const page of pages) {
    matcher.match(page.tokens, ({ phrase, firstToken, lastToken }) => found(phrase, { page, firstToken, lastToken }));
  }
}

/** Adds one occurrence to the counts of its phrase. */
export function countPlace(counts: Map<number, PhraseCount>, key: number, place: PhrasePlace): void {
  const { page, firstToken } = place;
  const at = page.tokens.starts[firstToken] ?? 0;
  const atHead = page.head.some(({ start, end }) => at >= start && at < end) ? 1 : 0;
  const amount = page.wordsBefore + firstToken < FRONT_WORDS ? 1 : LATER_OCCURRENCE;
  const known = counts.get(key);
  if (!known) counts.set(key, { count: amount, headCount: atHead, first: place });
  else {
    known.count += amount;
    known.headCount += atHead;
  }
}

/** How much occurrences weigh: the first fully, more of them less and less, those at the head more. */
export function occurrenceWeight({ count, headCount }: PhraseCount, saturation: number, head: number): number {
  return (((saturation + 1) * count) / (count + saturation)) * (headCount > 0 ? 1 + head : 1);
}
