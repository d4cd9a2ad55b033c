import type { LayoutCue } from './document-type.js';
import type { KnowledgeTables } from './knowledge-tables.js';

/** How much a phrase says: `name` is what the type is called, `heading` the same on a line of its own, `negative` speaks against it. */
export type CueKind = 'strong' | 'weak' | 'negative' | 'name' | 'heading';

/** A phrase of a type. */
export interface CompiledCue {
  readonly phrase: string;
  /** The phrase folded, as it is matched. */
  readonly key: string;
  readonly kind: CueKind;
  /** The languages that it was written for; `en` is what a type's own file holds. */
  readonly languages: readonly string[];
  /** Other types that list the phrase or in whose sample it stands: the more, the less it says. */
  readonly rivals: number;
}

/** A document type, ready for matching. */
export interface CompiledType {
  readonly id: string;
  readonly name: string;
  /** English. */
  readonly aliases: readonly string[];
  /** Names in other languages. */
  readonly foreignNames: readonly string[];
  readonly broader: readonly string[];
  readonly description: string;
  readonly cues: readonly CompiledCue[];
  readonly layout: readonly LayoutCue[];
}

/** All that is known of document types: what the build writes and the evidence scorer reads. */
export interface CompiledKnowledge {
  /** Hash of the content; part of the scorer's identity. */
  readonly identity: string;
  /** Languages that some type has cues in, ISO 639-1. */
  readonly languages: readonly string[];
  readonly types: readonly CompiledType[];
  /** In how many of `sampleCount` samples a folded word occurs: how common it is. */
  readonly wordFrequencies: Readonly<Record<string, number>>;
  readonly sampleCount: number;
  /** Folded words of the common languages that mean nothing by themselves. */
  readonly stopWords: readonly string[];
  /** What scorers make of all this, made by the build; absent: they make it when they are loaded. */
  readonly tables?: KnowledgeTables;
}

/** Knowledge of nothing: rules then work from their own words. */
export const NO_KNOWLEDGE: CompiledKnowledge = {
  identity: 'none',
  languages: [],
  types: [],
  wordFrequencies: {},
  sampleCount: 0,
  stopWords: [],
};
