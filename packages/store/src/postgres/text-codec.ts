/** Stands for what PostgreSQL cannot hold, and for itself, by what follows it. No text that means anything has it. */
const ESCAPE = '\uFFFE';
const NUL = '\u0000';
const ESCAPED_NUL = `${ESCAPE}0`;
const ESCAPED_ESCAPE = `${ESCAPE}1`;

/** A text as PostgreSQL can hold it: its texts hold every character but U+0000. Texts without that stay as they are. */
export function encodeText(text: string): string {
  if (!text.includes(NUL) && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, ESCAPED_ESCAPE).replaceAll(NUL, ESCAPED_NUL);
}

/** The text that {@link encodeText} was given. */
export function decodeText(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  return text.replace(/\uFFFE([01])/g, (_, kind) => (kind === '0' ? NUL : ESCAPE));
}
