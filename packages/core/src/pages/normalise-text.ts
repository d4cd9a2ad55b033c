import type { SourceItem } from '../documents/document-reader.js';
import { mapItems, type SourceMapData } from './source-map.js';

/** Normalised text with the way back to its source. */
export interface NormalisedText {
  readonly text: string;
  readonly sourceMap: SourceMapData;
}

/** The alternatives, in order: byte order marks to drop, hyphen at a line end, line breaks, blanks, plain text, other text, anything to drop. */
const PIECES =
  /\ufeff+|(?<hyphen>[-\u2010\u00ad][^\S\n]*\r?\n\s*(?=\p{Ll}))|(?<breaks>[^\S\n\r\u2028\u2029]*[\n\r\u2028\u2029]\s*)|(?<blanks>[^\S\n\r\u2028\u2029]+)|(?<plain>[!-,.-~]+(?!\p{M})|-(?!\p{M}))|(?<other>[!-~]?(?:(?![\s\p{C}])[\u0080-\u{10ffff}])+)|[\s\S]/uy;

const BLANK = 0x20;
const LINE_BREAK = 0x0a;
const HYPHEN = 0x2d;
const LAST_ASCII = 0x7f;

/** What stands between two words, the weakest first. */
const SEPARATORS = ['', ' ', '\n', '\n\n'] as const;
/** Index into the separators. */
type Separator = 0 | 1 | 2 | 3;
const NOTHING: Separator = 0;
const A_BLANK: Separator = 1;
const A_LINE: Separator = 2;
const A_PARAGRAPH: Separator = 3;

/** Bullets as symbol fonts encode them, in the private use area. */
const SYMBOL_FONT_BULLETS = /[\uf02d\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]/g;

/** A character and the marks that belong to it: what NFKC may compose or decompose as one. */
const CLUSTERS = /\P{M}\p{M}*|\p{M}+/gu;

/**
 * Normalises the text of a page: Unicode NFKC, words joined that were hyphenated at a line end, runs of blanks collapsed,
 * control and format characters dropped. Line breaks stay (at most one empty line in a row), for layout is evidence; the
 * break of a joined word moves behind it.
 */
export function normaliseText(items: readonly SourceItem[]): NormalisedText {
  const raw = items
    .map((item) => item.text)
    .join('')
    .replace(SYMBOL_FONT_BULLETS, '\u2022');
  const output = new MappedText();
  for (let at = 0; at < raw.length; ) at = appendPlain(output, raw, at) || appendPiece(output, raw, at);
  return { text: output.text, sourceMap: { ...output.map, ...mapItems(items) } };
}

/**
 * The short way for most of what a page holds: printable ASCII, and single blanks and line breaks in front of it.
 * @returns the offset behind what was appended; 0 when the beginning is something else
 */
function appendPlain(output: MappedText, raw: string, start: number): number {
  const first = raw.charCodeAt(start);
  if (first === BLANK || first === LINE_BREAK) {
    if (start + 1 === raw.length || !isPrintableAscii(raw.charCodeAt(start + 1))) return 0;
    output.separate(first === BLANK ? A_BLANK : A_LINE, start);
    return start + 1;
  }
  let end = start;
  // Never behind the text: V8 gives up what it has optimised where it meets NaN.
  while (end < raw.length && isPrintableAscii(raw.charCodeAt(end))) end++;
  if (end === start) return 0;
  // A hyphen at a line end, or a character that a mark may follow, is left for a closer look.
  const isOpen = end < raw.length && (raw.charCodeAt(end) > LAST_ASCII || raw.charCodeAt(end - 1) === HYPHEN);
  const safe = isOpen ? end - 1 : end;
  if (safe === start) return 0;
  output.append(raw.slice(start, safe), start);
  return safe;
}

/** @returns the offset behind the piece that begins at `at` */
function appendPiece(output: MappedText, raw: string, at: number): number {
  PIECES.lastIndex = at;
  const { hyphen, breaks, blanks, plain, other } = PIECES.exec(raw)?.groups ?? {};
  if (plain !== undefined) output.append(plain, at);
  else if (blanks !== undefined) output.separate(A_BLANK, at);
  else if (breaks !== undefined) output.separate(isParagraphBreak(breaks) ? A_PARAGRAPH : A_LINE, at);
  else if (other !== undefined) appendNormalised(output, other, at);
  else if (hyphen !== undefined) {
    if (output.endsInLetter()) output.joinLines();
    else {
      output.append(hyphen.charAt(0), at);
      output.separate(A_LINE, at + 1);
    }
  }
  return PIECES.lastIndex;
}

function isPrintableAscii(code: number): boolean {
  return code > BLANK && code < LAST_ASCII;
}

function isParagraphBreak(breaks: string): boolean {
  return breaks.replace(/\r\n?/g, '\n').split(/[\n\u2028\u2029]/).length > 2;
}

function appendNormalised(output: MappedText, text: string, at: number): void {
  if (text.normalize('NFKC') === text) {
    output.append(text, at);
    return;
  }
  for (const cluster of text.matchAll(CLUSTERS)) {
    const source = cluster[0];
    const normal = source.normalize('NFKC');
    if (normal === source) output.append(source, at + cluster.index);
    else output.appendEach(normal.trim() || normal, at + cluster.index);
  }
}

/** Text under construction, with the source offset of every stretch of it. */
class MappedText {
  text = '';
  readonly map: { readonly starts: number[]; readonly sources: number[] } = { starts: [0], sources: [0] };
  private pending: Separator = NOTHING;
  private pendingAt = 0;
  private joining = false;
  /** The end of the text: asking the text itself would copy the whole of it each time. */
  private lastPiece = '';

  append(piece: string, at: number): void {
    this.flush();
    this.lastPiece = piece;
    this.mark(at);
    this.text += piece;
  }

  /** Appends characters that all come from one place of the source. */
  appendEach(characters: string, at: number): void {
    this.flush();
    this.lastPiece = characters;
    for (let index = 0; index < characters.length; index++) {
      this.mark(at);
      this.text += characters.charAt(index);
    }
  }

  /** Notes a separator; it is written only when text follows, and only the strongest of several. */
  separate(separator: Separator, at: number): void {
    const wanted = this.joining && separator < A_LINE ? A_LINE : separator;
    this.joining = false;
    if (wanted <= this.pending) return;
    this.pending = wanted;
    this.pendingAt = at;
  }

  /** Lets the next word go on where the last one stopped; the line then ends behind it. */
  joinLines(): void {
    this.joining = true;
  }

  endsInLetter(): boolean {
    return this.pending === NOTHING && /\p{L}$/u.test(this.lastPiece.slice(-2));
  }

  private flush(): void {
    if (this.pending === NOTHING) return;
    const separator = SEPARATORS[this.pending];
    this.pending = NOTHING;
    if (this.text === '') return;
    for (let index = 0; index < separator.length; index++) {
      this.mark(this.pendingAt);
      this.text += separator.charAt(index);
    }
  }

  private mark(source: number): void {
    const { starts, sources } = this.map;
    const at = this.text.length;
    const last = starts.length - 1;
    const expected = (sources[last] ?? 0) + (at - (starts[last] ?? 0));
    if (expected === source) return;
    if (starts[last] === at) sources[last] = source;
    else {
      starts.push(at);
      sources.push(source);
    }
  }
}
