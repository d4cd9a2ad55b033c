import type { TextEncoder } from '../scoring/semantic/text-encoder.js';

/** An encoder that counts words: one dimension for each word that it knows, vectors of length 1. */
export class WordEncoder implements TextEncoder {
  readonly identity = 'words@0';
  readonly dimensions: number;
  /** Texts that were embedded, in order. */
  readonly seen: string[] = [];

  constructor(private readonly words: readonly string[]) {
    this.dimensions = words.length;
  }

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    this.seen.push(...texts);
    return texts.map((text) => {
      const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
      const counts = this.words.map((word) => found.filter((one) => one === word).length);
      const length = Math.hypot(...counts) || 1;
      return Float32Array.from(counts, (count) => count / length);
    });
  }

  async dispose(): Promise<void> {}
}
