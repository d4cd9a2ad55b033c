import type { CharacterBudget } from '../character-budget.js';
import { codePageEncoding, decodeFontBytes, type FontEncoding, fontEncoding } from './rtf-encodings.js';
import type { RtfToken } from './rtf-tokens.js';

/** Groups that open deeper than this are counted but share one state. */
const MAX_DEPTH = 1000;

const NO_FONT = -1;

/** Bytes that are held until a blank comes, which ends a letter in every encoding, ... */
const FLUSHED_BYTES = 64 * 1024;

/** ... or that come without any. */
const MOST_HELD_BYTES = 1024 * 1024;

const BLANK = 0x20;

/** Groups whose text is not text of the document. */
const UNSEEN_DESTINATIONS = new Set(
  (
    'annotation atnauthor atnid author bkmkend bkmkstart category colorschememapping colortbl comment company ' +
    'datastore datafield doccomm falt filetbl fldinst fontemb fontfile fname generator hlinkbase info keywords ' +
    'latentstyles listoverridetable listpicture listtable manager mmathPr nonesttables nonshppict objalias objclass ' +
    'objdata object objname operator passwordhash pgdsctbl pict pn private revtbl rsidtbl shprslt sn sp stylesheet ' +
    'subject sv tc template themedata userprops wgrffmtfilter xe xmlnstbl'
  ).split(' '),
);

/** Marked with `\*` (to be skipped by those who do not know them), and yet holding text that is shown. */
const SEEN_STARRED = new Set(['shpinst', 'nesttableprops', 'footnote', 'shppict', 'fldrslt', 'shptxt']);

const BULLET_DESTINATIONS = new Set(['listtext', 'pntext']);

const EDGE_DESTINATIONS = new Set('header headerl headerr headerf footer footerl footerr footerf footnote'.split(' '));

/** A sign that text cannot contain: zeros of the source are dropped. */
const CELL_END = '\0';

/** Control words that stand for characters. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...'par line sect page column softline softpage nestrow row'.split(' ').map((word) => [word, '\n'] as const),
  ['tab', '\t'],
  ['cell', CELL_END],
  ['nestcell', CELL_END],
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
  ['~', '\u00a0'],
  ['_', '-'],
]);

interface GroupState {
  readonly isUnseen: boolean;
  readonly destination: 'text' | 'fonts' | 'title' | 'bullet';
  readonly font: number;
  readonly isHidden: boolean;
  /** How many characters after `\u` stand in for it. */
  readonly substitutes: number;
}

/** Builds the text of an RTF document from its tokens. */
export class RtfText {
  readonly #budget: CharacterBudget;
  readonly #groups: GroupState[] = [];
  readonly #fonts = new Map<number, FontEncoding>();
  readonly #pieces: string[] = [];
  readonly #bytes: number[] = [];
  #state: GroupState = { isUnseen: false, destination: 'text', font: NO_FONT, isHidden: false, substitutes: 1 };
  #overflow = 0;
  #encoding = 'windows-1252';
  #isStarred = false;
  #isGroupStart = false;
  #substitutesLeft = 0;
  #currentFont = 0;
  #defaultFont = 0;
  #bullet = '';
  #title = '';

  constructor(budget: CharacterBudget) {
    this.#budget = budget;
  }

  add(token: RtfToken): void {
    if (token.kind === 'bytes') {
      this.#addBytes(token.bytes);
      return;
    }
    // `\u` may be half of a pair, and the bytes of one letter may come in several tokens: only now are they complete.
    this.#flushBytes();
    if (token.kind === 'open') this.#openGroup();
    else if (token.kind === 'close') this.#closeGroup();
    else this.#control(token.word, token.parameter);
  }

  /** The whole text, one line for each paragraph and table row, and the title if the document has one. */
  finish(): { readonly text: string; readonly title: string } {
    this.#flushBytes();
    const lines = this.#pieces.join('').split('\n');
    const text = lines.map(joinCells).join('\n');
    return { text: text.replace(/\n{3,}/g, '\n\n').trim(), title: this.#title.trim() };
  }

  #openGroup(): void {
    this.#substitutesLeft = 0;
    if (this.#groups.length >= MAX_DEPTH) this.#overflow++;
    else this.#groups.push(this.#state);
    this.#isGroupStart = true;
    this.#isStarred = false;
  }

  #closeGroup(): void {
    this.#substitutesLeft = 0;
    this.#isGroupStart = false;
    if (this.#overflow > 0) {
      this.#overflow--;
      return;
    }
    const outer = this.#groups.pop();
    if (outer === undefined) return;
    const isEndOfBullet = this.#state.destination === 'bullet' && outer.destination !== 'bullet';
    this.#state = outer;
    if (isEndOfBullet) this.#writeBullet();
  }

  #control(word: string, parameter: number | undefined): void {
    if (this.#substitutesLeft > 0 && word !== 'u') {
      this.#substitutesLeft--;
      return;
    }
    if (word === '*') {
      this.#isStarred = this.#isGroupStart;
      return;
    }
    if (this.#isGroupStart) {
      this.#isGroupStart = false;
      if (this.#enterDestination(word)) return;
    }
    this.#format(word, parameter);
  }

  /** @returns whether the word named a destination */
  #enterDestination(word: string): boolean {
    if (word === 'fonttbl') this.#change({ isUnseen: true, destination: 'fonts' });
    else if (word === 'title') this.#change({ isUnseen: true, destination: 'title' });
    else if (BULLET_DESTINATIONS.has(word)) this.#change({ destination: 'bullet' });
    else if (EDGE_DESTINATIONS.has(word)) this.#write('\n');
    else if (UNSEEN_DESTINATIONS.has(word)) this.#change({ isUnseen: true });
    else if (this.#isStarred && !SEEN_STARRED.has(word)) this.#change({ isUnseen: true });
    else return false;
    return true;
  }

  #format(word: string, parameter: number | undefined): void {
    switch (word) {
      case 'ansicpg':
        this.#encoding = codePageEncoding(parameter ?? 1252);
        break;
      case 'mac':
        this.#encoding = codePageEncoding(10000);
        break;
      case 'deff':
        this.#defaultFont = parameter ?? 0;
        break;
      case 'f':
        this.#currentFont = parameter ?? 0;
        this.#change({ font: this.#currentFont });
        break;
      case 'fcharset':
        if (this.#state.destination === 'fonts') this.#fonts.set(this.#currentFont, fontEncoding(parameter ?? 0));
        break;
      case 'plain':
        this.#change({ isHidden: false, font: NO_FONT });
        break;
      case 'v':
      case 'deleted':
        this.#change({ isHidden: parameter !== 0 });
        break;
      case 'uc':
        this.#change({ substitutes: Math.max(0, parameter ?? 1) });
        break;
      case 'u':
        if (parameter) this.#write(String.fromCharCode(parameter & 0xffff));
        this.#substitutesLeft = this.#state.substitutes;
        break;
      default:
        this.#write(CHARACTERS.get(word) ?? '');
    }
  }

  #change(change: Partial<GroupState>): void {
    this.#state = { ...this.#state, ...change };
  }

  #addBytes(bytes: Uint8Array): void {
    this.#isGroupStart = false;
    const { isUnseen, destination } = this.#state;
    // Pictures are most of many a file.
    if (isUnseen && destination !== 'title' && this.#substitutesLeft === 0) return;
    for (const byte of bytes) {
      if (this.#substitutesLeft > 0) this.#substitutesLeft--;
      else if (byte === 0) continue;
      else if (!isUnseen || destination === 'title') this.#hold(byte);
    }
  }

  #hold(byte: number): void {
    const held = this.#bytes.push(byte);
    if (held >= MOST_HELD_BYTES || (held >= FLUSHED_BYTES && byte === BLANK)) this.#flushBytes();
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    const font = this.#state.font === NO_FONT ? this.#defaultFont : this.#state.font;
    const encoding = this.#fonts.get(font) ?? this.#encoding;
    this.#write(decodeFontBytes(Uint8Array.from(this.#bytes), encoding));
    this.#bytes.length = 0;
  }

  #write(text: string): void {
    if (text === '') return;
    const { destination, isUnseen, isHidden } = this.#state;
    if (destination === 'title') {
      this.#title += text;
    } else if (destination === 'bullet') {
      this.#bullet += text;
    } else if (!isUnseen && !isHidden) {
      this.#budget.spend(text.length);
      this.#pieces.push(text);
    }
  }

  /** Numbers are kept as they are written, signs become a dash. */
  #writeBullet(): void {
    const bullet = this.#bullet.trim();
    this.#bullet = '';
    this.#write(/[\p{L}\p{N}]/u.test(bullet) && bullet.length > 1 ? `${bullet} ` : '- ');
  }
}

/** Empty cells are left out. */
function joinCells(line: string): string {
  if (!line.includes(CELL_END)) return line.trimEnd();
  const cells = line.split(CELL_END).map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '').join(' | ');
}
