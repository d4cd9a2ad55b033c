import type { NameTable } from '../rules/link-rule.js';
import type { CueTable } from '../scoring/evidence/cue-table.js';
import type { RuleWordTable } from '../scoring/evidence/rule-words.js';
import type { PhraseTable } from './phrase-table.js';

/** What scorers look things up in: made of a knowledge by the build, so that no start has to. */
export interface KnowledgeTables {
  readonly cues: CueTable;
  /** The words of the types' own names and descriptions. */
  readonly typeWords: RuleWordTable;
  readonly names: NameTable;
  readonly strongCues: PhraseTable;
  readonly typeVectors: TypeVectors;
}

/** Vectors of the document types in the built-in static model. */
export interface TypeVectors {
  /** Identity of the scorer that they are for, its model's among it. */
  readonly scorer: string;
  readonly dimensions: number;
  /** Row by row, in the order of the types. */
  readonly vectors: Float32Array;
}
