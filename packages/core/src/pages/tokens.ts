/** The words of a text, in parallel arrays. */
export interface Tokens {
  /** Folded words: lower case, no accents, no plural `s`. Scripts without blanks give one token per character. */
  readonly words: readonly string[];
  /** UTF-16 offsets into the text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** 1 where the token is the first of its line. */
  readonly opensLine: readonly (0 | 1)[];
}

/** Words; characters of scripts without blanks one by one; signs that mean something; line breaks. */
const TOKEN =
  /\n|[#§©®№$€£¥%@☐☑☒□]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}])+|\p{N}+/gu;
const ASCII_TOKEN = /\n|[#$%@]|[A-Za-z]+|\d+/g;
const BEYOND_ASCII = /[^\n -~]/;

/** Splits normalised text into folded words. */
export function tokenise(text: string): Tokens {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const opensLine: (0 | 1)[] = [];
  const pattern = BEYOND_ASCII.test(text) ? TOKEN : ASCII_TOKEN;
  let fresh = true;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const raw = match[0];
    if (raw === '\n') {
      fresh = true;
      continue;
    }
    words.push(foldWord(raw));
    starts.push(match.index);
    ends.push(match.index + raw.length);
    opensLine.push(fresh ? 1 : 0);
    fresh = false;
  }
  return { words, starts, ends, opensLine };
}

/** Words of documents repeat; folding them is most of the work. */
const folded = new Map<string, string>();
const MOST_FOLDED = 100_000;

/** V8 keeps a longer piece as a view of the whole text, which a cache would then hold for good. */
const LONGEST_CACHED = 12;

/** Lower case, without accents, without the plural `s` of English (harmless elsewhere: both sides are folded alike). */
export function foldWord(word: string): string {
  const known = folded.get(word);
  if (known !== undefined) return known;
  if (folded.size >= MOST_FOLDED) folded.clear();
  const lower = word.toLowerCase();
  const plain = !BEYOND_ASCII.test(lower)
    ? lower
    : lower
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .normalize('NFC')
        .replace(/ß/g, 'ss');
  const result = withoutPlural(plain);
  if (word.length <= LONGEST_CACHED) folded.set(word, result);
  return result;
}

function withoutPlural(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:[sx]|[cs]h)es$/.test(word)) return word.slice(0, -2);
  return /[siu]s$/.test(word) ? word : word.slice(0, -1);
}
