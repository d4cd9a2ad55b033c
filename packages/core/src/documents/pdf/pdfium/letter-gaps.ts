/** What stands between two letters. */
export type Separator = '' | ' ' | '\n';

/** Gap between two letters, in heights of a line, under which no word ends. */
const NARROWEST_BLANK = 0.1;

/** How far a letter may reach back over the one before it, in heights of a line, and still follow it. */
const FARTHEST_BACK = 0.3;

/** Share of the lower of two letters that the other one must stand beside to be on the same line. */
const SAME_LINE = 0.7;

/** From here on, scripts mostly write no blanks between words: CJK radicals. */
const FIRST_WITHOUT_BLANKS = 0x2e80;

/**
 * Sets right what PDFium says of the gaps between letters. It takes some for narrow that are as wide as a thin blank, and
 * breaks lines between letters of a row that are drawn one by one. Boxes are in the page's own coordinates, y goes up.
 */
export class LetterGaps {
  #left = 0;
  #top = 0;
  #right = 0;
  #bottom = 0;
  #hasLast = false;
  /** Widest gap in the word so far; NaN before its second letter. */
  #widest = Number.NaN;

  /** @param isUpright Whether lines run from left to right; known better when two letters of a word were seen */
  constructor(private isUpright: boolean) {}

  /** What stands before a letter, given what PDFium says. */
  before(said: Separator, code: number, left: number, top: number, right: number, bottom: number): Separator {
    const separator = this.#hasLast && this.isUpright ? this.#weigh(said, code, left, top, bottom) : said;
    if (separator !== '') this.#widest = Number.NaN;
    else if (this.#hasLast) this.#noteDirection(left, top);
    // The letters of a ligature have one place, and none of them has its width.
    const isPiece = this.#hasLast && said === '' && left === this.#left && top === this.#top;
    this.#left = left;
    this.#top = top;
    this.#right = isPiece ? Number.POSITIVE_INFINITY : right;
    this.#bottom = bottom;
    this.#hasLast = true;
    return separator;
  }

  #weigh(said: Separator, code: number, left: number, top: number, bottom: number): Separator {
    const gap = left - this.#right;
    if (said === '') return this.#isBlank(gap, top - bottom) && code < FIRST_WITHOUT_BLANKS ? ' ' : '';
    if (said === ' ') return ' ';
    const height = Math.min(top - bottom, this.#top - this.#bottom);
    const beside = Math.min(top, this.#top) - Math.max(bottom, this.#bottom);
    if (beside < SAME_LINE * height || gap < -FARTHEST_BACK * height) return '\n';
    return gap > NARROWEST_BLANK * height ? ' ' : '';
  }

  /** Whether a gap is far wider than the others in its word: letters that are all spaced out stay together. */
  #isBlank(gap: number, height: number): boolean {
    if (gap > NARROWEST_BLANK * height && gap > 2 * this.#widest + 0.05 * height) return true;
    this.#widest = Math.max(gap, Number.isNaN(this.#widest) ? 0 : this.#widest);
    return false;
  }

  #noteDirection(left: number, top: number): void {
    const [across, along] = [Math.abs(left - this.#left), Math.abs(top - this.#top)];
    if (across !== along) this.isUpright = across > along;
  }
}
