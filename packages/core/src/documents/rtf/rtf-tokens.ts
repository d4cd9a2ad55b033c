/** A piece of RTF source. */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** A control word such as `\par` or `\u8364`, or a control symbol such as `\~`. */
  | { readonly kind: 'control'; readonly word: string; readonly parameter: number | undefined }
  /** Text in the code page that is in force. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x27;
const MINUS = 0x2d;
const SPACE = 0x20;

/** Longer text comes in several tokens. */
const MAX_TEXT_BYTES = 64 * 1024;

const MAX_WORD = 32;
const MAX_DIGITS = 10;

/** Splits RTF into its tokens, in linear time; whatever is broken becomes text. Line breaks of the source mean nothing. */
export function* tokenizeRtf(source: Uint8Array): Generator<RtfToken> {
  let index = 0;
  while (index < source.length) {
    const byte = source[index] ?? 0;
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      index++;
    } else if (byte === BACKSLASH) {
      const { token, next } = readControl(source, index + 1);
      if (token) yield token;
      index = next;
    } else {
      const end = endOfText(source, index);
      const bytes = source.subarray(index, end).filter((unit) => unit !== 0x0d && unit !== 0x0a && unit !== 0);
      if (bytes.length > 0) yield { kind: 'bytes', bytes };
      index = end;
    }
  }
}

interface Control {
  readonly token?: RtfToken;
  readonly next: number;
}

function readControl(source: Uint8Array, start: number): Control {
  const first = source[start];
  if (first === undefined) return { next: start };
  if (isLetter(first)) return readWord(source, start);
  if (first === QUOTE) {
    const value = Number.parseInt(latin1(source, start + 1, start + 3), 16);
    if (Number.isNaN(value)) return { next: start + 1 };
    return { token: { kind: 'bytes', bytes: Uint8Array.of(value) }, next: start + 3 };
  }
  if (first === BACKSLASH || first === OPEN || first === CLOSE) {
    return { token: { kind: 'bytes', bytes: Uint8Array.of(first) }, next: start + 1 };
  }
  const isLineBreak = first === 0x0d || first === 0x0a;
  const word = isLineBreak ? 'par' : String.fromCharCode(first);
  return { token: { kind: 'control', word, parameter: undefined }, next: start + 1 };
}

function readWord(source: Uint8Array, start: number): Control {
  let index = start;
  while (index - start < MAX_WORD && isLetter(source[index])) index++;
  const word = latin1(source, start, index);
  const digitsStart = source[index] === MINUS && isDigit(source[index + 1]) ? index + 1 : index;
  let end = digitsStart;
  while (end - digitsStart < MAX_DIGITS && isDigit(source[end])) end++;
  const parameter = end > digitsStart ? Number(latin1(source, index, end)) : undefined;
  if (source[end] === SPACE) end++;
  // Raw bytes of a picture or an object follow.
  const skipped = word === 'bin' ? Math.max(0, parameter ?? 0) : 0;
  return { token: { kind: 'control', word, parameter }, next: end + skipped };
}

function endOfText(source: Uint8Array, start: number): number {
  let end = start;
  while (end < source.length && end - start < MAX_TEXT_BYTES) {
    const byte = source[end];
    if (byte === OPEN || byte === CLOSE || byte === BACKSLASH) break;
    end++;
  }
  return end;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function latin1(source: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...source.subarray(start, end));
}
