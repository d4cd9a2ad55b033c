import { tokenise } from '../../pages/tokens.js';

/** How common words are, for telling which words mean something. */
export interface WordStatistics {
  readonly wordFrequencies: Readonly<Record<string, number>>;
  readonly sampleCount: number;
  readonly stopWords: readonly string[];
}

/** BM25's idf over the samples of the knowledge, scaled to 1 for words that stand in none. */
export function rarity(word: string, { wordFrequencies, sampleCount }: WordStatistics): number {
  if (sampleCount === 0) return 1;
  const frequencyOf = (part: string) => (Object.hasOwn(wordFrequencies, part) ? (wordFrequencies[part] ?? 0) : 0);
  const frequencies = tokenise(word).words.map(frequencyOf);
  // A code such as `10-K` is as rare as the rarest of its parts.
  const frequency = word.includes('-') ? Math.min(...frequencies) : Math.max(0, ...frequencies);
  return Math.log((sampleCount + 1) / (frequency + 0.5)) / Math.log((sampleCount + 1) / 0.5);
}
