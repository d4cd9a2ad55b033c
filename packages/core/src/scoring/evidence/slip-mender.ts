import type { Tokens } from '../../pages/tokens.js';

/** What OCR reads, and what stands there as well as not: shapes that look alike. Digits are only ever letters inside of words. */
const LOOKALIKES: readonly (readonly [read: string, meant: string])[] = (
  '0:o 1:l 1:i 5:s 8:b 6:b 2:z 4:a 9:g l:i i:l l:t t:l i:t t:i f:t t:f ' +
  'rn:m m:rn nn:m ri:n cl:d d:cl vv:w w:vv ii:u u:ii li:h lc:k ss:b'
)
  .split(' ')
  .map((pair) => pair.split(':') as [string, string]);

/** Slips of one word that are undone together. */
const MOST_LOOKALIKES = 2;

/** Shorter words are too near to each other. */
const FEWEST_LETTERS = 5;
const FEWEST_LETTERS_OF_EDIT = 8;

/** Longer ones are none: to try all that they may be would take for ever. */
const MOST_LETTERS = 30;

/** Words whose mending is remembered. */
const MOST_REMEMBERED = 50_000;

/** A change at the end of a word makes another form of it, more often than OCR does. */
const ENDING = 2;

/** Tokens that a word is in, at most, where digits were read in it. */
const MOST_PARTS = 5;

/** Between the halves of a word that was broken: a blank, or the end of a line with what was read as its hyphen. */
const BREAK = /^(?: |[-\u2013\u2014\u00ac~]?[^\S\n]*\n\s*)$/;

/** Words that may be meant, and those that are words as they are. */
export interface Vocabulary {
  /** Folded. */
  readonly wanted: ReadonlySet<string>;
  readonly isWord: (word: string) => boolean;
}

/**
 * Mends words that OCR read wrongly, where they are none and exactly one word that is looked for is near: letters that look alike
 * (`retum`, `lnv0ice`), one letter of a long word, a word in two pieces.
 */
export class SlipMender {
  private readonly byDeletion = new Map<string, string[]>();
  private readonly mended = new Map<string, string | undefined>();

  constructor(private readonly vocabulary: Vocabulary) {
    for (const word of vocabulary.wanted) {
      if (word.length < FEWEST_LETTERS_OF_EDIT || !isPlainWord(word)) continue;
      for (const key of [word, ...deletionsOf(word)]) {
        const words = this.byDeletion.get(key);
        if (words) words.push(word);
        else this.byDeletion.set(key, [word]);
      }
    }
  }

  /** The words of a text with what was mended in the place of what was read; where they stand stays as it was. */
  mend(tokens: Tokens, text: string): Tokens {
    const { words, starts, ends, opensLine } = tokens;
    const result = { words: [] as string[], starts: [] as number[], ends: [] as number[], opensLine: [] as (0 | 1)[] };
    for (let first = 0; first < words.length; ) {
      const { word, parts } = this.wordAt(tokens, first, text);
      result.words.push(word);
      result.starts.push(starts[first] as number);
      result.ends.push(ends[first + parts - 1] as number);
      result.opensLine.push(opensLine[first] as 0 | 1);
      first += parts;
    }
    return result;
  }

  private wordAt(tokens: Tokens, first: number, text: string): { readonly word: string; readonly parts: number } {
    const { words } = tokens;
    const word = words[first] as string;
    const parts = adjacentTokens(tokens, first);
    if (parts > 1) {
      const whole = text.slice(tokens.starts[first], tokens.ends[first + parts - 1]).toLowerCase();
      const mended = this.undoLookalikes(whole);
      if (mended !== undefined) return { word: mended, parts };
    } else if (first + 1 < words.length) {
      const joined = this.join(tokens, first, text);
      if (joined !== undefined) return { word: joined, parts: 2 };
    }
    return { word: this.mendWord(word), parts: 1 };
  }

  /** The word that two tokens make, where they are no words by themselves. */
  private join({ words, starts, ends }: Tokens, first: number, text: string): string | undefined {
    const [one, other] = [words[first] as string, words[first + 1] as string];
    const joined = one + other;
    if (joined.length <= FEWEST_LETTERS || !this.vocabulary.wanted.has(joined)) return undefined;
    if (!BREAK.test(text.slice(ends[first], starts[first + 1]))) return undefined;
    return this.vocabulary.isWord(one) && this.vocabulary.isWord(other) ? undefined : joined;
  }

  private mendWord(word: string): string {
    if (
      word.length < FEWEST_LETTERS ||
      word.length > MOST_LETTERS ||
      !isPlainWord(word) ||
      this.vocabulary.isWord(word)
    )
      return word;
    return this.undoLookalikes(word) ?? this.undoEdit(word) ?? word;
  }

  private undoLookalikes(word: string): string | undefined {
    if (word.length > MOST_LETTERS) return undefined;
    if (!this.mended.has(word)) {
      if (this.mended.size >= MOST_REMEMBERED) this.mended.clear();
      this.mended.set(word, this.findLookalike(word));
    }
    return this.mended.get(word);
  }

  private findLookalike(word: string): string | undefined {
    let variants: ReadonlySet<string> = new Set([word]);
    for (let round = 0; round < MOST_LOOKALIKES; round++) {
      variants = new Set([...variants].flatMap(variantsOf));
      const found = [...variants].filter((variant) => this.isWanted(variant));
      if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
  }

  private isWanted(word: string): boolean {
    return word.length >= FEWEST_LETTERS && this.vocabulary.wanted.has(word) && isPlainWord(word);
  }

  private undoEdit(word: string): string | undefined {
    if (word.length < FEWEST_LETTERS_OF_EDIT) return undefined;
    const near = [word, ...deletionsOf(word)].flatMap((key) => this.byDeletion.get(key) ?? []);
    const found = new Set(near.filter((wanted) => isOneEdit(word, wanted)));
    const [only] = found;
    return found.size === 1 ? only : undefined;
  }
}

/** How many tokens from here on stand without anything between them. */
function adjacentTokens({ starts, ends, words }: Tokens, first: number): number {
  let parts = 1;
  while (first + parts < words.length && ends[first + parts - 1] === starts[first + parts]) parts++;
  return parts <= MOST_PARTS ? parts : 1;
}

function variantsOf(word: string): string[] {
  const variants: string[] = [];
  for (const [read, meant] of LOOKALIKES) {
    for (let at = word.indexOf(read); at >= 0; at = word.indexOf(read, at + 1)) {
      variants.push(word.slice(0, at) + meant + word.slice(at + read.length));
    }
  }
  return variants;
}

function deletionsOf(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** Whether one letter, put in, left out or another, makes one word of the other, and not at its end. */
function isOneEdit(word: string, wanted: string): boolean {
  if (Math.abs(word.length - wanted.length) > 1) return false;
  let front = 0;
  while (front < word.length && word[front] === wanted[front]) front++;
  let back = 0;
  while (back < Math.min(word.length, wanted.length) - front && word.at(-1 - back) === wanted.at(-1 - back)) back++;
  return Math.max(word.length, wanted.length) - front - back <= 1 && back >= ENDING;
}

function isPlainWord(word: string): boolean {
  return /^\p{L}+$/u.test(word);
}
