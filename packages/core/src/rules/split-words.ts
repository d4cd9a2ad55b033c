/** Texts whose words {@link WORD} finds. */
const PLAIN = /^[\n -~–—“”’…]*$/;

/** The words of plain text by the rules of Unicode (UAX 29), as `Intl.Segmenter` finds them: `don't`, `e.g`, `1,000.50`. */
const WORD = /(?=_*[A-Za-z0-9])\w+(?:(?:(?<=[A-Za-z])[.:'’](?=[A-Za-z])|(?<=[0-9])[.,;'’](?=[0-9]))\w+)*/g;

/** `Intl.Segmenter` takes them for words. */
const UNDERSCORES = /^_+$/;

let segmenter: Intl.Segmenter | undefined;

/**
 * The words of a text in their order, each with a letter or a digit in it; a text without blanks is taken apart by what its language calls
 * words.
 */
export function splitWords(text: string): readonly string[] {
  // Most rules are plain, and making a segmenter costs a start 20 ms.
  if (PLAIN.test(text)) return text.match(WORD) ?? [];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike && !UNDERSCORES.test(segment)) words.push(segment);
  }
  return words;
}
