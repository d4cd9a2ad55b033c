/** What of a `tokenizer.json` is needed. */
export interface WordPieceVocabulary {
  readonly vocab: Readonly<Record<string, number>>;
  /** @default "##" */
  readonly continuingPrefix?: string;
  /** Longer words are unknown. @default 100 */
  readonly maxWordLength?: number;
}

/** Markers of BERT, which no text means. */
const SPECIAL_PIECES = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

const MOST_CACHED = 50_000;

/** V8 keeps a longer piece as a view of the whole text, which a cache would then hold for good. */
const LONGEST_CACHED = 12;

/**
 * BERT's tokeniser: lower case, accents stripped, punctuation and CJK characters alone, then the longest known piece from
 * the left (Wu et al., 2016). Unknown words are left out. Words are cached, for documents repeat them.
 */
export class WordPieceTokeniser {
  private readonly vocabulary: Map<string, number>;
  private readonly prefix: string;
  private readonly maxWordLength: number;
  private readonly cache = new Map<string, readonly number[]>();

  constructor({ vocab, continuingPrefix = '##', maxWordLength = 100 }: WordPieceVocabulary) {
    this.vocabulary = new Map(Object.entries(vocab));
    for (const special of SPECIAL_PIECES) this.vocabulary.delete(special);
    this.prefix = continuingPrefix;
    this.maxWordLength = maxWordLength;
  }

  /** @param most stop after so many pieces */
  encode(text: string, most = Number.POSITIVE_INFINITY): number[] {
    const ids: number[] = [];
    for (const [word] of text.matchAll(WORD)) {
      ids.push(...this.pieces(word));
      if (ids.length >= most) return ids.slice(0, most);
    }
    return ids;
  }

  private pieces(word: string): readonly number[] {
    const known = this.cache.get(word);
    if (known) return known;
    if (this.cache.size >= MOST_CACHED) this.cache.clear();
    const plain = word
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '');
    const ids = this.split(plain);
    if (word.length <= LONGEST_CACHED) this.cache.set(word, ids);
    return ids;
  }

  private split(word: string): readonly number[] {
    if (word.length > this.maxWordLength) return [];
    const ids: number[] = [];
    let start = 0;
    while (start < word.length) {
      let end = word.length;
      let id: number | undefined;
      for (; end > start && id === undefined; end--) {
        id = this.vocabulary.get((start > 0 ? this.prefix : '') + word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return [];
      ids.push(id);
      start = end;
    }
    return ids;
  }
}

/** What BERT's pre-tokeniser splits into: punctuation and ASCII signs alone, CJK characters alone, all else in runs. */
const WORD = /\p{Script=Han}|[^\s\p{P}$+<=>^`|~\p{C}\p{Script=Han}]+|[\p{P}$+<=>^`|~]/gu;
