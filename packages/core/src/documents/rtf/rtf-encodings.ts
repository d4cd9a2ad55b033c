import { restoreWindows1252 } from '../windows-1252.js';

/** Code pages of `\ansicpg` that are not called `windows-<number>`. */
const CODE_PAGES: ReadonlyMap<number, string> = new Map([
  [866, 'ibm866'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10000, 'macintosh'],
  [10007, 'x-mac-cyrillic'],
  [20866, 'koi8-r'],
  [54936, 'gb18030'],
  [65001, 'utf-8'],
]);

/** `\fcharset` of a font (RTF 1.9.1, "Font Table") to code page. */
const FONT_CHARSETS: ReadonlyMap<number, number> = new Map([
  [77, 10000],
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
]);

const SYMBOL_CHARSET = 2;

/** How the bytes of a font are read: an encoding, `symbol` (pictures, not letters), or as the document says. */
export type FontEncoding = string | undefined;

/** Encoding of a font by its `\fcharset`; undefined when it is the document's own. */
export function fontEncoding(charset: number): FontEncoding {
  if (charset === SYMBOL_CHARSET) return 'symbol';
  const codePage = FONT_CHARSETS.get(charset);
  return codePage === undefined ? undefined : codePageEncoding(codePage);
}

/** Name of a code page for TextDecoder; windows-1252 for those that it does not know. */
export function codePageEncoding(codePage: number): string {
  const named = CODE_PAGES.get(codePage);
  if (named !== undefined) return named;
  const isWindows = codePage === 874 || (codePage >= 1250 && codePage <= 1258);
  return isWindows ? `windows-${codePage}` : 'windows-1252';
}

/** Decodes text of a font; the signs of symbol fonts mean nothing without the font, and become a bullet. */
export function decodeFontBytes(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'symbol') return restoreWindows1252(new TextDecoder(encoding).decode(bytes));
  return [...bytes].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : '•')).join('');
}
