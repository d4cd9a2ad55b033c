import { DocketError } from '../../errors.js';
import { CharacterBudget, withinCharacterLimit } from '../character-budget.js';
import { decodeText } from '../decode-text.js';
import type { OpenOptions } from '../document-reader.js';
import { restoreWindows1252 } from '../windows-1252.js';

/** How much of a file is looked at to tell text from binary data. */
const SAMPLE = 64 * 1024;

/** Text has hardly any control characters; compressed or compiled data about one in nine. */
const MAX_CONTROL_SHARE = 0.05;

/**
 * Decodes a file of text in whatever encoding; line ends become `\n`.
 * @throws DocketError `document.corrupt` for binary data, `document.too_large`
 */
export function decodePlainText(bytes: Uint8Array, { limits, signal }: OpenOptions): string {
  signal?.throwIfAborted();
  new CharacterBudget(limits).assertDecodable(bytes.length);
  const text = decodeText(bytes);
  if (controlShare(text.slice(0, SAMPLE)) > MAX_CONTROL_SHARE) {
    throw new DocketError(
      'document.corrupt',
      'the document is not text but binary data; save it anew, or name it after what it is',
    );
  }
  return withinCharacterLimit(restoreWindows1252(text).replace(/\r\n?/g, '\n'), limits);
}

function controlShare(sample: string): number {
  if (sample.length === 0) return 0;
  let controls = 0;
  for (let index = 0; index < sample.length; index++) {
    const unit = sample.charCodeAt(index);
    // Tab, line feed, vertical tab, form feed and carriage return belong to text, escape to terminal logs.
    if ((unit < 32 && !(unit >= 9 && unit <= 13) && unit !== 27) || unit === 0xfffd) controls++;
  }
  return controls / sample.length;
}
