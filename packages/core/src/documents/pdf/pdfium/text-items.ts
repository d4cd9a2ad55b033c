import type { Box, SourceItem } from '../../document-reader.js';
import { LetterGaps, type Separator } from './letter-gaps.js';
import { type PageFrame, shownBox } from './page-frame.js';
import { BOTTOM, LEFT, RECTANGLE_NUMBERS, type Rectangle, RIGHT, TOP } from './rectangle.js';

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
  /** Of the item that is open. */
  readonly #extent: Rectangle = new Float32Array(RECTANGLE_NUMBERS);

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

  letter(code: number, box: Rectangle): void {
    const separator = this.#gaps.before(this.#said, code, box);
    this.#said = '';
    if (separator !== '') {
      const ends = !this.#isOpen || separator === '\n' || this.#isLong() || this.#isFar(box);
      if (ends) this.#endItem();
      this.#write(separator === ' ' ? 0x20 : 0x0a);
      if (ends) this.#cut(undefined);
    }
    if (this.#isOpen) this.#extend(box);
    else this.#begin(box);
    if (code > 0xffff) this.#write(0xd7c0 + (code >> 10));
    this.#write(code > 0xffff ? 0xdc00 + (code & 0x3ff) : code);
  }

  /** All items. */
  finish(): readonly SourceItem[] {
    this.#endItem();
    const units = this.#units;
    const text = Buffer.from(units.buffer, units.byteOffset, 2 * this.#length).toString('utf16le');
    const items: SourceItem[] = [];
    let start = 0;
    for (const { end, box } of this.#items) {
      items.push({ text: text.slice(start, end), box });
      start = end;
    }
    return items;
  }

  #isLong(): boolean {
    return this.#length - this.#start >= LONG_ENOUGH;
  }

  /** Whether a letter stands further from the item than a line is high: in another cell or column. */
  #isFar(box: Rectangle): boolean {
    const extent = this.#extent;
    const [left, top] = [extent[LEFT] as number, extent[TOP] as number];
    const [right, bottom] = [extent[RIGHT] as number, extent[BOTTOM] as number];
    const across = Math.max((box[LEFT] as number) - right, left - (box[RIGHT] as number));
    const along = Math.max((box[BOTTOM] as number) - top, bottom - (box[TOP] as number));
    return Math.max(across, along) > Math.min(top - bottom, right - left);
  }

  #begin(box: Rectangle): void {
    this.#isOpen = true;
    this.#extent.set(box);
  }

  #extend(box: Rectangle): void {
    const extent = this.#extent;
    extent[LEFT] = Math.min(extent[LEFT] as number, box[LEFT] as number);
    extent[TOP] = Math.max(extent[TOP] as number, box[TOP] as number);
    extent[RIGHT] = Math.max(extent[RIGHT] as number, box[RIGHT] as number);
    extent[BOTTOM] = Math.min(extent[BOTTOM] as number, box[BOTTOM] as number);
  }

  #endItem(): void {
    if (this.#isOpen) this.#cut(shownBox(this.#extent, this.frame));
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
