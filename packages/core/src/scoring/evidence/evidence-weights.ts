/** The numbers of the evidence scorer: set from understanding, checked five-fold on labelled documents (docs/scoring.md). */
export interface EvidenceWeights {
  readonly strong: number;
  readonly weak: number;
  readonly name: number;
  /** A name on a line of its own. */
  readonly heading: number;
  readonly negative: number;
  /** How soon further occurrences of a cue count for less: BM25's k1. */
  readonly saturation: number;
  /** How much an occurrence at the head of the document counts beyond one elsewhere. */
  readonly head: number;
  /** How strongly long documents, which hit more cues by chance, are held back. */
  readonly length: number;
  readonly layout: number;
  /** The rule's own words beside what is known of its document types. */
  readonly ownWords: number;
  /** Share of the score of a type that the rule says it does not mean. */
  readonly unwanted: number;
}

/** The weights in force. */
export const EVIDENCE_WEIGHTS: EvidenceWeights = {
  strong: 2,
  weak: 0.7,
  name: 0.7,
  heading: 2.5,
  negative: 1.5,
  saturation: 0.9,
  head: 1,
  length: 0.25,
  layout: 0.6,
  ownWords: 1.8,
  unwanted: 0.5,
};
