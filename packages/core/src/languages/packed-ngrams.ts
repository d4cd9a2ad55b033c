import { firstAtLeast } from '../pages/first-at-least.js';

// For the statistics that `eld` detects languages by: the build (`.scripts/build-bundles.mjs`) packs them, the bundle that it makes
// unpacks them.

/** How often letters stand together in languages: by n-gram, and by number of the language. */
export type Ngrams = Readonly<Record<string, Readonly<Record<number, number>>>>;

/** The same in flat arrays: they can be kept in a file and are used as they lie there. */
export interface NgramTable {
  /** Every n-gram as a number, in ascending order. */
  readonly keys: Float64Array;
  /** By n-gram: where its entries end in `entries`. */
  readonly ends: Int32Array;
  /** A language's number and its frequency, in turn. */
  readonly entries: Int32Array;
}

/** The most characters, each of a byte, that a number holds without loss. */
const LONGEST = 6;

/**
 * @param ngrams as `eld` has them
 * @throws Error for an n-gram that is too long or is not written in characters of one byte
 */
export function packNgrams(ngrams: Ngrams): NgramTable {
  const sorted = Object.entries(ngrams)
    .map(([ngram, frequencies]) => ({ key: numberOf(ngram), frequencies: Object.entries(frequencies) }))
    .sort((one, other) => one.key - other.key);
  if (sorted.some(({ key }) => Number.isNaN(key))) throw new Error('an n-gram does not fit into a number');
  let end = 0;
  return {
    keys: Float64Array.from(sorted, ({ key }) => key),
    ends: Int32Array.from(sorted, ({ frequencies }) => (end += 2 * frequencies.length)),
    entries: Int32Array.from(sorted.flatMap(({ frequencies }) => frequencies.flat().map(Number))),
  };
}

/** What was packed, made n-gram by n-gram when it is asked for: a text has a hundred of 50,000. */
export function unpackNgrams(table: NgramTable): Ngrams {
  return new Proxy({}, { get: (_, ngram) => (typeof ngram === 'string' ? frequenciesOf(ngram, table) : undefined) });
}

function frequenciesOf(ngram: string, { keys, ends, entries }: NgramTable): Ngrams[string] | undefined {
  const key = numberOf(ngram);
  const place = firstAtLeast(keys, key);
  if (keys[place] !== key) return undefined;
  const frequencies: Record<number, number> = {};
  for (let index = ends[place - 1] ?? 0; index < (ends[place] as number); index += 2) {
    frequencies[entries[index] as number] = entries[index + 1] as number;
  }
  return frequencies;
}

/** NaN for an n-gram that does not fit. */
function numberOf(ngram: string): number {
  if (ngram.length > LONGEST) return Number.NaN;
  let number = 0;
  for (let index = 0; index < ngram.length; index++) {
    const code = ngram.charCodeAt(index);
    if (code > 0xff || code === 0) return Number.NaN;
    number = number * 0x100 + code;
  }
  return number;
}
