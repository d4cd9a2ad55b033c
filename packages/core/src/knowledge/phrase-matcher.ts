import { type Tokens, tokenise } from '../pages/tokens.js';
import { buildPhraseTable, CLOSES_LINE, childNode, OPENS_LINE, type PhraseTable, wordNumber } from './phrase-table.js';

/**
 * Hears of a place where a phrase stands.
 * @param phrase Index of the phrase in the list that the matcher was made from
 * @param firstToken,lastToken Positions in the tokens
 */
export type PhraseListener = (phrase: number, firstToken: number, lastToken: number) => void;

/**
 * Finds any number of phrases in one pass over the words of a text: a trie over folded words. Phrases are at most seven
 * words long, so a start costs a few steps at most, however many phrases there are.
 */
export class PhraseMatcher {
  private readonly table: PhraseTable;

  /** @param phrases a table, or phrases as {@link foldPhrase} writes them; empty ones never match */
  constructor(phrases: PhraseTable | readonly string[]) {
    this.table = 'slots' in phrases ? phrases : buildPhraseTable(phrases);
  }

  /** Calls `found` for each occurrence, in the order in which they begin, the longest first, anchored ones before others. */
  match({ words, opensLine }: Tokens, found: PhraseListener): void {
    const { table } = this;
    const { rootChild, firstEnding, endings } = table;
    const numbers = new Int32Array(words.length);
    for (let token = 0; token < words.length; token++) numbers[token] = wordNumber(table, words[token] as string);
    const path: number[] = [];
    for (let first = 0; first < numbers.length; first++) {
      const number = numbers[first] as number;
      let node = number < 0 ? 0 : (rootChild[number] as number);
      if (node === 0) continue;
      path.length = 0;
      for (let last = first; node !== 0; ) {
        path.push(node);
        const next = ++last < numbers.length ? (numbers[last] as number) : -1;
        node = next < 0 ? 0 : childNode(table, node, next);
      }
      for (let length = path.length; length > 0; length--) {
        const last = first + length - 1;
        const end = path[length - 1] as number;
        for (let at = firstEnding[end] as number; at < (firstEnding[end + 1] as number); at++) {
          const ending = endings[at] as number;
          if (ending & OPENS_LINE && !opensLine[first]) continue;
          if (ending & CLOSES_LINE && last + 1 < words.length && !opensLine[last + 1]) continue;
          found(ending >>> 2, first, last);
        }
      }
    }
  }
}

/**
 * A phrase as it is matched: folded words with one blank between them, and its anchors (`^` and `$`). Two spellings that
 * match the same text have the same key; a phrase without a word in it has an empty one.
 */
export function foldPhrase(phrase: string): string {
  const opensLine = phrase.startsWith('^');
  const closesLine = phrase.endsWith('$') && phrase.length > 1;
  const { words } = tokenise(phrase.slice(opensLine ? 1 : 0, closesLine ? -1 : undefined));
  return words.length === 0 ? '' : `${opensLine ? '^' : ''}${words.join(' ')}${closesLine ? '$' : ''}`;
}
