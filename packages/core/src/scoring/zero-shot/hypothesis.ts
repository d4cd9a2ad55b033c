import type { Rule } from '../../rules/rule-set.js';
import { splitLabel } from '../../rules/split-label.js';
import { splitNegations } from '../../rules/split-negations.js';

/** Longest hypothesis, in words: models were trained on short sentences. */
const MOST_WORDS = 40;

const DETERMINER = /^(?:an?|the|any|some|one|this|these)\s/i;

/**
 * The sentence that a document of a rule entails: `This document is a bill with a total due (invoice).` What the
 * description says that it is not is left out, for models of entailment are weak at negation.
 */
export function hypothesisOf({ type, description }: Rule): string {
  const label = (splitLabel(type)[0] ?? type).replace(/\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase());
  const [definition = ''] = splitNegations(description)
    .positive.trim()
    .split(/(?<=[.;!?])\s/u);
  const words = definition
    .replace(/[\s.,;:!?]+$/u, '')
    .split(/\s+/)
    .slice(0, MOST_WORDS)
    .join(' ');
  if (words === '') return `This document is about ${label}.`;
  if (DETERMINER.test(words)) return `This document is ${words.charAt(0).toLowerCase()}${words.slice(1)} (${label}).`;
  return `This document is about ${label}: ${words}.`;
}
