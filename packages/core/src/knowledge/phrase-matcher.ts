import { type Tokens, tokenise } from '../pages/tokens.js';

/** A place where a phrase stands, in token positions. */
export interface PhraseMatch {
  /** Index of the phrase in the list that the matcher was made from. */
  readonly phrase: number;
  readonly firstToken: number;
  readonly lastToken: number;
}

interface Node {
  children: Map<string, Node> | undefined;
  /** Phrases that end here, with their anchors. */
  endings: Ending[] | undefined;
}

interface Ending {
  readonly phrase: number;
  /** `^`: only as the first word of a line. */
  readonly opensLine: boolean;
  /** `$`: only as the last word of a line. */
  readonly closesLine: boolean;
}

/**
 * Finds any number of phrases in one pass over the words of a text: a trie over folded words. Phrases are at most seven
 * words long, so a start costs a few steps at most, however many phrases there are.
 */
export class PhraseMatcher {
  private readonly root: Node = { children: undefined, endings: undefined };

  /** @param keys phrases as {@link foldPhrase} writes them; empty ones never match */
  constructor(keys: readonly string[]) {
    keys.forEach((key, index) => {
      this.add(key, index);
    });
  }

  /** Calls `found` for each occurrence, in the order in which they begin, the longest first, anchored ones before others. */
  match(tokens: Tokens, found: (match: PhraseMatch) => void): void {
    const { words, opensLine } = tokens;
    const path: Node[] = [];
    for (let first = 0; first < words.length; first++) {
      let node = this.root.children?.get(words[first] as string);
      if (!node) continue;
      path.length = 0;
      for (let last = first; node; last++) {
        path.push(node);
        node = node.children?.get(words[last + 1] as string);
      }
      for (let length = path.length; length > 0; length--) {
        const last = first + length - 1;
        for (const ending of path[length - 1]?.endings ?? []) {
          if (ending.opensLine && !opensLine[first]) continue;
          if (ending.closesLine && last + 1 < words.length && !opensLine[last + 1]) continue;
          found({ phrase: ending.phrase, firstToken: first, lastToken: last });
        }
      }
    }
  }

  private add(key: string, index: number): void {
    if (key === '') return;
    const opensLine = key.startsWith('^');
    const closesLine = key.endsWith('$') && key.length > 1;
    let node = this.root;
    for (const word of key.slice(opensLine ? 1 : 0, closesLine ? -1 : undefined).split(' ')) {
      node.children ??= new Map();
      let child = node.children.get(word);
      if (!child) {
        child = { children: undefined, endings: undefined };
        node.children.set(word, child);
      }
      node = child;
    }
    node.endings ??= [];
    node.endings.push({ phrase: index, opensLine, closesLine });
    if (node.endings.length > 1) node.endings.sort((one, other) => anchors(other) - anchors(one));
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

function anchors({ opensLine, closesLine }: Ending): number {
  return Number(opensLine) + Number(closesLine);
}
