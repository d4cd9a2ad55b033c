import { BOTTOM, LEFT, RECTANGLE_NUMBERS, type Rectangle, RIGHT, TOP } from './rectangle.js';

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
 * breaks lines between letters of a row that are drawn one by one.
 */
export class LetterGaps {
  readonly #last: Rectangle = new Float32Array(RECTANGLE_NUMBERS);
  #hasLast = false;
  /** Widest gap in the word so far; NaN before its second letter. */
  #widest = Number.NaN;

  /** @param isUpright Whether lines run from left to right; known better when two letters of a word were seen */
  constructor(private isUpright: boolean) {}

  /** What stands before a letter, given what PDFium says. */
  before(said: Separator, code: number, box: Rectangle): Separator {
    const last = this.#last;
    const separator = this.#hasLast && this.isUpright ? this.#weigh(said, code, box) : said;
    if (separator !== '') this.#widest = Number.NaN;
    else if (this.#hasLast) this.#noteDirection(box);
    // The letters of a ligature have one place, and none of them has its width.
    const isPiece = this.#hasLast && said === '' && box[LEFT] === last[LEFT] && box[TOP] === last[TOP];
    last.set(box);
    if (isPiece) last[RIGHT] = Number.POSITIVE_INFINITY;
    this.#hasLast = true;
    return separator;
  }

  #weigh(said: Separator, code: number, box: Rectangle): Separator {
    const [top, bottom] = [box[TOP] as number, box[BOTTOM] as number];
    const gap = (box[LEFT] as number) - (this.#last[RIGHT] as number);
    if (said === '') return this.#isBlank(gap, top - bottom) && code < FIRST_WITHOUT_BLANKS ? ' ' : '';
    if (said === ' ') return ' ';
    const [lastTop, lastBottom] = [this.#last[TOP] as number, this.#last[BOTTOM] as number];
    const height = Math.min(top - bottom, lastTop - lastBottom);
    const beside = Math.min(top, lastTop) - Math.max(bottom, lastBottom);
    if (beside < SAME_LINE * height || gap < -FARTHEST_BACK * height) return '\n';
    return gap > NARROWEST_BLANK * height ? ' ' : '';
  }

  /** Whether a gap is far wider than the others in its word: letters that are all spaced out stay together. */
  #isBlank(gap: number, height: number): boolean {
    if (gap > NARROWEST_BLANK * height && gap > 2 * this.#widest + 0.05 * height) return true;
    this.#widest = Math.max(gap, Number.isNaN(this.#widest) ? 0 : this.#widest);
    return false;
  }

  #noteDirection(box: Rectangle): void {
    const across = Math.abs((box[LEFT] as number) - (this.#last[LEFT] as number));
    const along = Math.abs((box[TOP] as number) - (this.#last[TOP] as number));
    if (across !== along) this.isUpright = across > along;
  }
}
