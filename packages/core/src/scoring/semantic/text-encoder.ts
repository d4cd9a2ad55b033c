/** What a text is: some models want queries (here: rules) and passages marked differently. */
export type TextRole = 'rule' | 'passage';

/**
 * Turns texts into vectors. The same text gives the same bytes, whatever else is asked at the same time.
 */
export interface TextEncoder {
  /** Model, variant and hash of the files: changes whenever a vector may change. */
  readonly identity: string;
  /** Length of the vectors. */
  readonly dimensions: number;
  /**
   * One vector per text, in the same order, as long as the model makes it; zeros for a text without anything known.
   * Texts beyond the model's window are cut off: callers give passages.
   */
  embed(texts: readonly string[], role: TextRole): Promise<readonly Float32Array[]>;
  /** Gives back what the model holds outside JavaScript's heap. */
  dispose(): Promise<void>;
}
