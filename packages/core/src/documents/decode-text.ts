import chardet from 'chardet';
import { restoreWindows1252 } from './windows-1252.js';

const BYTE_ORDER_MARKS: readonly [encoding: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** How much of a file the statistical detection looks at: enough for it, and it is slow. */
const DETECTION_BYTES = 64 * 1024;

/** In UTF-16 text of European languages nearly every second byte is zero. */
const UTF_16_ZERO_SHARE = 0.3;

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-16 that shows by its zeros, then UTF-8 if it is valid, then a
 * declared encoding, then a statistical guess, then windows-1252, which accepts everything.
 * @param declared what the document itself claims (`charset=` of HTML or mail), when it does
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return new TextDecoder(marked[0]).decode(bytes);
  const utf16 = detectUtf16(bytes.subarray(0, DETECTION_BYTES));
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8;
  const candidates = [declared, chardet.detect(bytes.subarray(0, DETECTION_BYTES)) ?? undefined];
  for (const encoding of candidates) {
    const text = encoding === undefined ? undefined : tryDecode(bytes, encoding);
    if (text !== undefined) return restoreWindows1252(text);
  }
  return restoreWindows1252(new TextDecoder('windows-1252').decode(bytes));
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 without a byte order mark passes for UTF-8 with zeros in it. */
function detectUtf16(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (!sample.includes(0)) return undefined;
  let evenZeros = 0;
  let oddZeros = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) evenZeros++;
    else oddZeros++;
  }
  const enough = sample.length * UTF_16_ZERO_SHARE;
  if (oddZeros > enough && evenZeros < oddZeros / 10) return 'utf-16le';
  if (evenZeros > enough && oddZeros < evenZeros / 10) return 'utf-16be';
  return undefined;
}
