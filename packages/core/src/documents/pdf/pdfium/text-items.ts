import type { Box, SourceItem } from '../../document-reader.js';
import { LetterGaps, type Separator } from './letter-gaps.js';
import { type PageFrame, shownBox } from './page-frame.js';

/** Length, in UTF-16 units, at which an item ends with its word: the place of a quote within its item is an estimate. */
const LONG_ENOUGH = 16;

/**
 * Puts the letters of a page together to items that break at line ends, at wide gaps and now and then between words.
 * What stands between two items is an item without a box.
 */
export class TextItems {
  readonly #units: Uint16Array;
  readonly #items: { readonly end: number; readonly box: Box | undefined }[] = [];
  readonly #gaps: LetterGaps;
  #length = 0;
  #start = 0;
  #isOpen = false;
  #said: Separator = '';
  #left = 0;
  #top = 0;
  #right = 0;
  #bottom = 0;

  /** @param letters Most letters that will come */
  constructor(
    letters: number,
    private readonly frame: PageFrame,
  ) {
    // Outside the first plane of Unicode a letter is two units, and each may have a separator before it.
    this.#units = new Uint16Array(3 * letters);
    this.#gaps = new LetterGaps(frame.quarterTurns % 2 === 0);
  }

  /** UTF-16 units so far. */
  get length(): number {
    return this.#length;
  }

  /** Notes what is said to stand between two letters. A line break is stronger than a blank, and a run of them counts once. */
  separate(separator: ' ' | '\n'): void {
    if (this.#said !== '\n') this.#said = separator;
  }

  /** @param box Left, top, right, bottom, in the page's own coordinates */
  letter(code: number, box: ArrayLike<number>): void {
    const [left, top, right, bottom] = [box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0];
    const separator = this.#gaps.before(this.#said, code, left, top, right, bottom);
    this.#said = '';
    if (separator !== '') {
      const ends = !this.#isOpen || separator === '\n' || this.#isLong() || this.#isFar(left, top, right, bottom);
      if (ends) this.#endItem();
      this.#write(separator === ' ' ? 0x20 : 0x0a);
      if (ends) this.#cut(undefined);
    }
    if (this.#isOpen) this.#extend(left, top, right, bottom);
    else this.#begin(left, top, right, bottom);
    if (code > 0xffff) this.#write(0xd7c0 + (code >> 10));
    this.#write(code > 0xffff ? 0xdc00 + (code & 0x3ff) : code);
  }

  /** All items. */
  finish(): readonly SourceItem[] {
    this.#endItem();
    const units = this.#units;
    const text = Buffer.from(units.buffer, units.byteOffset, 2 * this.#length).toString('utf16le');
    let start = 0;
    return this.#items.map(({ end, box }) => {
      const part = text.slice(start, end);
      start = end;
      return box ? { text: part, box } : { text: part };
    });
  }

  #isLong(): boolean {
    return this.#length - this.#start >= LONG_ENOUGH;
  }

  /** Whether a letter stands further from the item than a line is high: in another cell or column. */
  #isFar(left: number, top: number, right: number, bottom: number): boolean {
    const across = Math.max(left - this.#right, this.#left - right);
    const along = Math.max(bottom - this.#top, this.#bottom - top);
    return Math.max(across, along) > Math.min(this.#top - this.#bottom, this.#right - this.#left);
  }

  #begin(left: number, top: number, right: number, bottom: number): void {
    this.#isOpen = true;
    this.#left = left;
    this.#top = top;
    this.#right = right;
    this.#bottom = bottom;
  }

  #extend(left: number, top: number, right: number, bottom: number): void {
    this.#left = Math.min(this.#left, left);
    this.#top = Math.max(this.#top, top);
    this.#right = Math.max(this.#right, right);
    this.#bottom = Math.min(this.#bottom, bottom);
  }

  #endItem(): void {
    if (this.#isOpen) this.#cut(shownBox(this.#left, this.#top, this.#right, this.#bottom, this.frame));
    this.#isOpen = false;
  }

  #cut(box: Box | undefined): void {
    this.#items.push({ end: this.#length, box });
    this.#start = this.#length;
  }

  #write(unit: number): void {
    this.#units[this.#length++] = unit;
  }
}
