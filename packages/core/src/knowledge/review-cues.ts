import { normaliseText } from '../pages/normalise-text.js';
import { tokenise } from '../pages/tokens.js';
import type { KnowledgeSources } from './compile-knowledge.js';
import { foldPhrase, PhraseMatcher } from './phrase-matcher.js';

/** A cue that deserves a look, and the types that list it. */
export interface ReviewedCue {
  readonly phrase: string;
  readonly types: readonly string[];
}

/** Cues that say little. */
export interface CueReview {
  /** Listed by more than five types, most first. */
  readonly shared: readonly ReviewedCue[];
  /** Found in no sample at all. */
  readonly silent: readonly ReviewedCue[];
}

/** More types than this make a cue suspicious. */
const MANY_TYPES = 5;

/** Looks over the English cues that speak for types. */
export function reviewCues({ types, samples }: KnowledgeSources): CueReview {
  const cues = new Map<string, { phrase: string; types: string[] }>();
  for (const type of types) {
    for (const phrase of [...type.strong, ...type.weak]) {
      const key = foldPhrase(phrase);
      const cue = cues.get(key) ?? { phrase, types: [] };
      if (!cue.types.includes(type.id)) cue.types.push(type.id);
      cues.set(key, cue);
    }
  }
  const all = [...cues.values()];
  const found = new Set<number>();
  const matcher = new PhraseMatcher(all.map((cue) => foldPhrase(cue.phrase)));
  for (const text of samples.values()) {
    matcher.match(tokenise(normaliseText([{ text }]).text), (phrase) => found.add(phrase));
  }
  const shared = all.filter((cue) => cue.types.length > MANY_TYPES);
  shared.sort((one, other) => other.types.length - one.types.length || (one.phrase < other.phrase ? -1 : 1));
  return { shared, silent: all.filter((_, index) => !found.has(index)) };
}
