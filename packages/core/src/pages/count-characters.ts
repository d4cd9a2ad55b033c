/** How many of what a text has. */
export interface CharacterCounts {
  /** Runs of letters and numbers. */
  readonly words: number;
  readonly letters: number;
  /** 0 to 9. */
  readonly digits: number;
}

/** What a character is; 0 in the table: not looked up yet. */
const LETTER = 1;
const NUMBER = 2;
const OTHER = 3;

const kinds = new Uint8Array(0x110000);

/** Counts characters by their Unicode categories: letters are `\p{L}`, numbers `\p{N}`. */
export function countCharacters(text: string): CharacterCounts {
  let words = 0;
  let letters = 0;
  let digits = 0;
  let isInWord = false;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code >= 0xd800 && code < 0xdc00) {
      code = text.codePointAt(index) as number;
      if (code > 0xffff) index++;
    }
    const kind = kinds[code] || lookUp(code);
    if (kind === LETTER) letters++;
    else if (code >= 0x30 && code <= 0x39) digits++;
    if (kind === OTHER) isInWord = false;
    else if (!isInWord) {
      isInWord = true;
      words++;
    }
  }
  return { words, letters, digits };
}

function lookUp(code: number): number {
  const character = String.fromCodePoint(code);
  const kind = /\p{L}/u.test(character) ? LETTER : /\p{N}/u.test(character) ? NUMBER : OTHER;
  kinds[code] = kind;
  return kind;
}
