import { TINY_VOCABULARY } from '../../../packages/core/src/testing/tiny-onnx-tokenizer.js';

const WORDS = TINY_VOCABULARY.filter((piece) => /^[a-z]{2,}$/.test(piece));

/** Texts of so many words, each a token of its own for the models of this benchmark and a word of English. */
export function makePassages(count: number, words: number): string[] {
  return Array.from({ length: count }, (_, passage) =>
    Array.from({ length: words }, (_, index) => WORDS[(index * 7 + passage * 13) % WORDS.length]).join(' '),
  );
}
