import type { Rule } from '../../rules/rule-set.js';
import { splitLabel } from '../../rules/split-label.js';
import { splitNegations } from '../../rules/split-negations.js';

/**
 * A rule as one text for models: what its description affirms, behind its label in words unless the description says
 * those already.
 */
export function ruleText({ type, description }: Rule): string {
  const label = splitLabel(type)[0] ?? type;
  const { positive } = splitNegations(description);
  const words: readonly string[] = label.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = positive.toLowerCase();
  return words.every((word) => said.includes(word)) ? positive : `${label}: ${positive}`;
}
