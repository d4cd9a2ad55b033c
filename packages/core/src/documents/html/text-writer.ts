/** Joins pieces of text into lines: white space collapses, breaks in a row merge, and empty items leave no trace. */
export class TextWriter {
  readonly #pieces: string[] = [];
  #pendingLines = 0;
  #pendingSpace = false;
  #pendingPrefix = '';
  #pendingSeparator = '';
  #isInRow = false;
  #rowHasText = false;

  /** Adds running text. */
  text(raw: string): void {
    const text = raw.replace(/[\s\u200b\ufeff]+/g, ' ');
    if (text.startsWith(' ')) this.#pendingSpace = true;
    const ink = text.trim();
    if (ink === '') return;
    this.#write(ink);
    this.#pendingSpace = text.endsWith(' ');
  }

  /** Adds text whose lines and blanks are kept. */
  preformatted(raw: string): void {
    if (this.#isInRow) {
      this.text(raw);
      return;
    }
    for (const [index, line] of raw.split(/\r\n|\r|\n/).entries()) {
      if (index > 0) this.newLine();
      const ink = line.trimEnd();
      if (ink !== '') this.#write(ink);
    }
  }

  /** A blank before the next text. */
  space(): void {
    this.#pendingSpace = true;
  }

  /** A forced line break; two of them make an empty line. */
  newLine(): void {
    if (this.#isInRow) this.#pendingSpace = true;
    else this.#pendingLines = Math.min(2, this.#pendingLines + 1);
  }

  /** The next text begins on a line of its own (1), after an empty line (2). */
  separateLines(count: 1 | 2): void {
    if (this.#isInRow) this.#pendingSpace = true;
    else this.#pendingLines = Math.max(this.#pendingLines, count);
  }

  startListItem(): void {
    this.separateLines(1);
    if (!this.#isInRow) this.#pendingPrefix = '- ';
  }

  endListItem(): void {
    this.#pendingPrefix = '';
    this.separateLines(1);
  }

  /** Until `endRow` everything stays on one line. */
  startRow(): void {
    this.#isInRow = true;
    this.#rowHasText = false;
  }

  startCell(): void {
    if (this.#rowHasText) this.#pendingSeparator = ' | ';
  }

  endRow(): void {
    this.#isInRow = false;
    this.#pendingSeparator = '';
  }

  toString(): string {
    return this.#pieces.join('');
  }

  #write(ink: string): void {
    if (this.#pendingLines > 0) {
      if (this.#pieces.length > 0) this.#pieces.push('\n'.repeat(this.#pendingLines));
      this.#pieces.push(this.#pendingPrefix);
    } else if (this.#pendingSeparator !== '') {
      this.#pieces.push(this.#pendingSeparator);
    } else if (this.#pendingSpace && this.#pieces.length > 0) {
      this.#pieces.push(' ');
    }
    this.#pieces.push(ink);
    this.#pendingLines = 0;
    this.#pendingSpace = false;
    this.#pendingPrefix = '';
    this.#pendingSeparator = '';
    this.#rowHasText = this.#isInRow;
  }
}
