import type { DocumentRecord } from '../documents/read-document.js';
import type { RuleSet } from '../rules/rule-set.js';

declare const rawScoreBrand: unique symbol;

/**
 * A scorer's own number: larger fits better, 0 is "nothing speaks for it". Comparable between the rules of one scorer and
 * one document only; never a probability, and no threshold may read it.
 */
export type RawScore = number & { readonly [rawScoreBrand]: true };

/** Marks a number as a {@link RawScore}. For scorers alone. */
export function rawScore(value: number): RawScore {
  return value as RawScore;
}

/** Something on a page that speaks for a rule. */
export interface Evidence {
  /** A passage that is near to the rule in meaning; absent: words that the rule, or a document type, asks for. */
  readonly kind?: 'passage';
  /** 1-based; 0 is the title from the metadata. */
  readonly page: number;
  /** UTF-16 offsets into the page's normalised text (or the title). */
  readonly start: number;
  readonly end: number;
  /** The text between them, on one line. */
  readonly quote: string;
  /** The document type whose cue it is; absent when it is a word of the rule itself. */
  readonly documentType?: string;
  /** Share of the rule's raw score, for ordering. */
  readonly weight: number;
}

/**
 * What a scorer says of one rule, or of one document type that no rule asks for. Fields may be made when they are read: a copy of the
 * object, or its JSON, lacks them.
 */
export interface Score {
  readonly raw: RawScore;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** The document type that the score rests on, by its plain name. */
  readonly documentType?: string | undefined;
  /** What the page looks like, in words, where that speaks for it. */
  readonly layout?: readonly string[];
}

/** What a scorer says of a document. */
export interface ScoreSheet {
  /** One per rule, in the order of the rule set. */
  readonly rules: readonly Score[];
  /** By document type id: the types that the scorer knows. The decision takes those that no rule asks for as background. */
  readonly background: ReadonlyMap<string, Score>;
  /** Sentences for the reasoning: what was not looked at, and why. */
  readonly remarks?: readonly string[];
}

/** What a scorer can do. */
export interface ScorerCapabilities {
  /** ISO 639-1, or `any`. */
  readonly languages: readonly string[] | 'any';
  /** Tokens of a document that are looked at; `null`: all. */
  readonly maxTokens: number | null;
  readonly deterministic: boolean;
}

/**
 * Scores documents against rules. It never decides. Each rule is scored independently of the others: removing or
 * reordering rules never changes another rule's raw score.
 */
export interface Scorer {
  readonly name: string;
  /** Changes whenever scores may change: part of every calibration and cache key. */
  readonly identity: string;
  readonly capabilities: ScorerCapabilities;
  /** Does once what does not depend on the document. */
  prepare(rules: RuleSet): Promise<PreparedScorer>;
}

/** A scorer made ready for a rule set. */
export interface PreparedScorer {
  score(document: DocumentRecord): Promise<ScoreSheet>;
}
