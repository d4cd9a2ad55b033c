import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Columns where nothing says how wide the output is. */
export const DEFAULT_WIDTH = 100;

/**
 * Makes text of unknown origin (file names, quotes) fit to print: control characters could move the cursor, and marks
 * of direction could show a name as another one.
 */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** {@link printable} for a text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Breaks text into lines of at most `width` columns; East Asian wide characters count two. */
export function wrapText(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(width, 2), { hard: true }).split('\n');
}

/** Columns that the widest of some texts takes. */
export function widestOf(texts: readonly string[]): number {
  return texts.reduce((widest, text) => Math.max(widest, stringWidth(text)), 0);
}
