const CONTROLS = /[\u0080-\u009f]/g;

/** What windows-1252 has in the place of the control characters 0x80 to 0x9f; five of them stay undefined. */
const CHARACTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Puts the quotes, dashes and euro signs of windows-1252 where text has control characters that no text contains. They
 * come from documents that were converted as Latin-1, and from `TextDecoder` of Node 20.20 itself, which decodes
 * windows-1252 as Latin-1 unless it streams (nodejs/node issue 56542).
 */
export function restoreWindows1252(text: string): string {
  return text.replace(CONTROLS, (control) => CHARACTERS[control.charCodeAt(0) - 0x80] ?? control);
}
