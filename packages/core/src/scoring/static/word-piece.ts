import { isPadding } from './padding-token.js';
import type { PlainBert } from './plain-bert.js';
import type { Tokeniser } from './tokeniser.js';
import { NO_PREFIX, PiecePrefix, type VocabularyIndex } from './vocabulary-index.js';

/** Signs of ASCII that BERT counts as punctuation though Unicode does not. */
export const PUNCTUATION = '\\p{P}$+<=>^`|~';

/** BERT's ranges of ideographs; the gap is Hugging Face's own. */
const IDEOGRAPHS =
  '\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B81F}\\u{2B920}-\\u{2CEAF}\\u{2F800}-\\u{2FA1F}';

const ASCII = 0x80;

/** Kinds of characters. `OPEN`: an added token may begin with it. `BEYOND`: not ASCII. */
const SEPARATOR = 0;
const ALONE = 1;
const IN_WORD = 2;
const OPEN = 3;
const BEYOND = 4;

const MOST_CACHED = 50_000;

/** V8 keeps a longer piece as a view of the whole text, which a cache would then hold for good. */
const LONGEST_CACHED = 12;

/** Control and format characters, private use, halves of surrogate pairs: removed, wherever they stand. */
const REMOVED = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu;
const PLAIN_WORD = /^[\x21-\x7E]*$/;

/**
 * BERT's tokeniser: control characters removed, lower case, accents stripped, punctuation and ideographs alone, then the
 * longest known piece from the left (Wu et al., 2016). Gives the ids of Hugging Face's `tokenizers` (Rust). Words are
 * cached, for documents repeat them.
 */
export class WordPieceTokeniser implements Tokeniser {
  readonly size: number;
  private readonly added: ReadonlyMap<string, number>;
  private readonly leftOut: ReadonlySet<number | undefined>;
  private readonly prefix: PiecePrefix;
  private readonly word: RegExp;
  /** What each character of ASCII is. */
  private readonly ascii: Uint8Array;
  private readonly cache = new Map<string, readonly number[]>();

  constructor(
    private readonly bert: PlainBert,
    private readonly vocabulary: VocabularyIndex,
  ) {
    this.size = Math.max(vocabulary.size, ...bert.added_tokens.map(({ id }) => id + 1));
    this.prefix = new PiecePrefix(bert.model.continuing_subword_prefix);
    this.added = new Map(bert.added_tokens.map(({ content, id }) => [content, id]));
    const padding = [...this.added].filter(([content]) => isPadding(content)).map(([, id]) => id);
    const unknown = bert.model.unk_token;
    this.leftOut = new Set([this.added.get(unknown) ?? vocabulary.idOf(unknown), ...padding]);
    this.word = wordPattern([...this.added.keys()], bert.normalizer.handle_chinese_chars);
    this.ascii = kindsOfAscii(this.added.keys());
  }

  encode(text: string, most = Number.POSITIVE_INFINITY): readonly number[] {
    const ids: number[] = [];
    for (let at = 0; at < text.length; ) {
      const end = this.wordEnd(text, at);
      if (end > at) {
        for (const id of this.piecesOf(text.slice(at, end))) ids.push(id);
        if (ids.length >= most) return ids.slice(0, most);
      }
      at = end > at ? end : nextCharacter(text, at);
    }
    return ids;
  }

  /** Where the word that begins at an offset ends; the offset itself where none begins. */
  private wordEnd(text: string, start: number): number {
    let end = start;
    let kind = this.kindAt(text, end);
    if (kind === SEPARATOR) return start;
    if (kind === ALONE) return start + 1;
    // Never behind the text: V8 gives up what it has optimised where it meets NaN.
    while (kind === IN_WORD && ++end < text.length) kind = this.kindAt(text, end);
    // What begins with a sign of an added token, or holds more than ASCII, is left to the pattern.
    if (end > start && kind !== BEYOND) return end;
    this.word.lastIndex = start;
    return this.word.test(text) ? this.word.lastIndex : start;
  }

  private kindAt(text: string, offset: number): number {
    const code = text.charCodeAt(offset);
    return code < ASCII ? (this.ascii[code] as number) : BEYOND;
  }

  private wordsOf(text: string): string[] {
    const words: string[] = [];
    for (let at = 0; at < text.length; ) {
      const end = this.wordEnd(text, at);
      if (end > at) words.push(text.slice(at, end));
      at = end > at ? end : nextCharacter(text, at);
    }
    return words;
  }

  private piecesOf(word: string): readonly number[] {
    const known = this.cache.get(word);
    if (known) return known;
    if (this.cache.size >= MOST_CACHED) this.cache.clear();
    const added = this.added.get(word);
    const ids = (added === undefined ? this.split(word) : [added]).filter((id) => !this.leftOut.has(id));
    if (word.length <= LONGEST_CACHED) this.cache.set(word, ids);
    return ids;
  }

  /** Taken apart once more, for `≠` without its accent is `=`. */
  private split(word: string): readonly number[] {
    const { lowercase } = this.bert.normalizer;
    if (PLAIN_WORD.test(word)) return this.longestPieces(lowercase ? word.toLowerCase() : word);
    return this.wordsOf(this.normalise(word)).flatMap((part) => this.longestPieces(part));
  }

  private normalise(word: string): string {
    const { lowercase, strip_accents: stripAccents } = this.bert.normalizer;
    const clean = word.replace(REMOVED, '');
    const plain = (stripAccents ?? lowercase) ? clean.normalize('NFD').replace(/\p{Mn}/gu, '') : clean;
    // By itself a sigma has one lower case only, as in Hugging Face's; at the end of a word it would have another.
    return lowercase ? plain.replaceAll('Σ', 'σ').toLowerCase() : plain;
  }

  /** No ids at all for a word that has a part without a piece. */
  private longestPieces(word: string): readonly number[] {
    const mostCharacters = this.bert.model.max_input_chars_per_word;
    if (word.length > mostCharacters && [...word].length > mostCharacters) return [];
    const bytes = Buffer.from(word);
    const ids: number[] = [];
    for (let start = 0; start < bytes.length; ) {
      const found = this.vocabulary.longestPiece(bytes, start, start > 0 ? this.prefix : NO_PREFIX);
      if (!found) return [];
      ids.push(found.id);
      start = found.end;
    }
    return ids;
  }
}

/** Never in the middle of a surrogate pair: a pattern would go back to its beginning. */
function nextCharacter(text: string, at: number): number {
  return at + ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);
}

function kindsOfAscii(added: Iterable<string>): Uint8Array {
  const beginnings = new Set([...added].map((content) => content.charAt(0)));
  return Uint8Array.from({ length: ASCII }, (_, code) => {
    const character = String.fromCharCode(code);
    if (beginnings.has(character)) return OPEN;
    if (/[\t\n\r ]/.test(character)) return SEPARATOR;
    return new RegExp(`[${PUNCTUATION}]`, 'u').test(character) ? ALONE : IN_WORD;
  });
}

/** What is split off: added tokens, punctuation and ideographs alone, all else in runs. */
function wordPattern(added: readonly string[], ideographsAlone: boolean): RegExp {
  const longestFirst = [...added].sort((one, other) => other.length - one.length);
  const escaped = longestFirst.map((content) => content.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const alone = `${PUNCTUATION}${ideographsAlone ? IDEOGRAPHS : ''}`;
  return new RegExp([...escaped, `[^\\t\\n\\r\\p{Z}${alone}]+`, `[${alone}]`].join('|'), 'uy');
}
