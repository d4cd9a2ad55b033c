import type { ReaderLimits } from './document-reader.js';
import { tooManyCharacters } from './limits.js';

/** No encoding needs more bytes for a UTF-16 unit. */
const MOST_BYTES_PER_UNIT = 4;

/**
 * Counts the text that a reader gives against `limits.maxCharacters`, so that it stops before it has collected more.
 * A page that is read again counts once.
 */
export class CharacterBudget {
  readonly #maxCharacters: number;
  readonly #spentOnPage = new Map<number, number>();
  #page = 1;
  #spent = 0;

  constructor(limits: ReaderLimits) {
    this.#maxCharacters = limits.maxCharacters;
  }

  /** What is spent from here on belongs to this page; what it cost before is given back. */
  startPage(pageNumber: number): void {
    this.#spent -= this.#spentOnPage.get(pageNumber) ?? 0;
    this.#spentOnPage.set(pageNumber, 0);
    this.#page = pageNumber;
  }

  /**
   * @param characters UTF-16 units
   * @throws DocketError `document.too_large` when the document has more than `limits.maxCharacters`
   */
  spend(characters: number): void {
    this.#spent += characters;
    this.#spentOnPage.set(this.#page, (this.#spentOnPage.get(this.#page) ?? 0) + characters);
    if (this.#spent <= this.#maxCharacters) return;
    throw tooManyCharacters(this.#maxCharacters);
  }

  /**
   * Refuses encoded text that cannot be within `limits.maxCharacters`, before it is decoded.
   * @throws DocketError `document.too_large`
   */
  assertDecodable(bytes: number): void {
    if (bytes > this.#maxCharacters * MOST_BYTES_PER_UNIT) throw tooManyCharacters(this.#maxCharacters);
  }
}

/**
 * Gives the text back if it is within `limits.maxCharacters`.
 * @throws DocketError `document.too_large`
 */
export function withinCharacterLimit(text: string, limits: ReaderLimits): string {
  new CharacterBudget(limits).spend(text.length);
  return text;
}
