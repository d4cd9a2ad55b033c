/** Phrases as a trie in flat arrays: it can be kept in a file and is used as it lies there. Node 0 is the root. */
export interface PhraseTable {
  /** All words of the phrases, one after the other. */
  readonly text: string;
  /** By word: where it ends in `text`. */
  readonly wordEnds: Int32Array;
  /** Hash table of the words, open addressing; a word's number plus 1, or 0. A power of 2 long. */
  readonly slots: Int32Array;
  /** By word: the node of a phrase that begins with it, or 0. */
  readonly rootChild: Int32Array;
  /** By node, and one more: its first child. Children follow each other, by word. */
  readonly firstChild: Int32Array;
  /** By node: the word that leads to it. */
  readonly wordOf: Int32Array;
  /** By node, and one more: its first ending. */
  readonly firstEnding: Int32Array;
  /** Phrases that end at a node, times 4, plus their anchors: {@link OPENS_LINE}, {@link CLOSES_LINE}. */
  readonly endings: Int32Array;
}

/** `^`: only as the first word of a line. */
export const OPENS_LINE = 1;
/** `$`: only as the last word of a line. */
export const CLOSES_LINE = 2;

interface Node {
  readonly children: Map<number, Node>;
  readonly endings: number[];
}

/** @param keys phrases as `foldPhrase` writes them; empty ones never match */
export function buildPhraseTable(keys: readonly string[]): PhraseTable {
  const words = new Map<string, number>();
  const root: Node = { children: new Map(), endings: [] };
  keys.forEach((key, phrase) => {
    if (key === '') return;
    const opensLine = key.startsWith('^');
    const closesLine = key.endsWith('$') && key.length > 1;
    let node = root;
    for (const word of key.slice(opensLine ? 1 : 0, closesLine ? -1 : undefined).split(' ')) {
      node = childOf(node, numberOf(word, words));
    }
    node.endings.push(phrase * 4 + (opensLine ? OPENS_LINE : 0) + (closesLine ? CLOSES_LINE : 0));
  });
  return { ...flattenWords([...words.keys()]), ...flattenNodes(root, words.size) };
}

/** The number of a word among those of a table, or -1. */
export function wordNumber({ text, wordEnds, slots }: PhraseTable, word: string): number {
  const mask = slots.length - 1;
  const { length } = word;
  for (let slot = hashOf(word) & mask; ; slot = (slot + 1) & mask) {
    const number = (slots[slot] as number) - 1;
    if (number < 0) return -1;
    const start = number === 0 ? 0 : (wordEnds[number - 1] as number);
    if ((wordEnds[number] as number) - start === length && text.startsWith(word, start)) return number;
  }
}

/** The child of a node that a word leads to, or 0. */
export function childNode({ firstChild, wordOf }: PhraseTable, node: number, word: number): number {
  let low = firstChild[node] as number;
  let high = firstChild[node + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = wordOf[middle] as number;
    if (found === word) return middle;
    if (found < word) low = middle + 1;
    else high = middle;
  }
  return 0;
}

function numberOf(word: string, words: Map<string, number>): number {
  const known = words.get(word);
  if (known !== undefined) return known;
  words.set(word, words.size);
  return words.size - 1;
}

function childOf(node: Node, word: number): Node {
  let child = node.children.get(word);
  if (!child) {
    child = { children: new Map(), endings: [] };
    node.children.set(word, child);
  }
  return child;
}

function flattenWords(words: readonly string[]): Pick<PhraseTable, 'text' | 'wordEnds' | 'slots'> {
  let end = 0;
  const wordEnds = Int32Array.from(words, (word) => {
    end += word.length;
    return end;
  });
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * words.length + 2)));
  const mask = slots.length - 1;
  words.forEach((word, number) => {
    let slot = hashOf(word) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  });
  return { text: words.join(''), wordEnds, slots };
}

/** Numbers the nodes level by level. */
function flattenNodes(root: Node, wordCount: number) {
  const nodes: { readonly node: Node; readonly word: number }[] = [{ node: root, word: -1 }];
  const firstChild: number[] = [];
  const firstEnding: number[] = [];
  const endings: number[] = [];
  const rootChild = new Int32Array(wordCount);
  for (let at = 0; at < nodes.length; at++) {
    const { node } = nodes[at] as { readonly node: Node };
    firstChild.push(nodes.length);
    firstEnding.push(endings.length);
    // Those with anchors first, and otherwise in the order of the phrases.
    endings.push(...node.endings.sort((one, other) => anchorsOf(other) - anchorsOf(one)));
    for (const [word, child] of [...node.children].sort(([one], [other]) => one - other)) {
      if (at === 0) rootChild[word] = nodes.length;
      nodes.push({ node: child, word });
    }
  }
  firstChild.push(nodes.length);
  firstEnding.push(endings.length);
  return {
    rootChild,
    firstChild: Int32Array.from(firstChild),
    wordOf: Int32Array.from(nodes, ({ word }) => word),
    firstEnding: Int32Array.from(firstEnding),
    endings: Int32Array.from(endings),
  };
}

function anchorsOf(ending: number): number {
  return (ending & OPENS_LINE ? 1 : 0) + (ending & CLOSES_LINE ? 1 : 0);
}

/** FNV-1a over UTF-16 units; the upper bits are folded in, for the lower ones depend on the lower ones alone. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
