/** A text and a sentence that it may entail. */
export interface EntailmentPair {
  readonly premise: string;
  readonly hypothesis: string;
}

/** Says how far a text entails a sentence (natural language inference). The same pair gives the same number. */
export interface EntailmentModel {
  /** Model, variant and hash of the files: changes whenever an answer may change. */
  readonly identity: string;
  /** Log-odds of entailment against everything else, one per pair and in the same order: natural logarithm, 0 is even. */
  entail(pairs: readonly EntailmentPair[]): Promise<readonly number[]>;
  /** Gives back what the model holds outside JavaScript's heap. */
  dispose(): Promise<void>;
}
