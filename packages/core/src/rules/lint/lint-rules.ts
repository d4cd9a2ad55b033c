import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import type { RuleLinker } from '../link-rule.js';
import type { Rule } from '../rule-set.js';
import type { LintFinding } from './lint-finding.js';
import { lintLinks } from './lint-links.js';
import { lintPairs, type RuleNearness } from './lint-pairs.js';
import { lintWording } from './lint-wording.js';

/** What rules are looked at with. */
export interface LintTools {
  readonly knowledge: CompiledKnowledge;
  readonly linker: RuleLinker;
  readonly nearness: RuleNearness;
  /** Folded words that are known beside those of the knowledge. */
  readonly vocabulary: Iterable<string>;
}

/**
 * What can be said of rules without a document: in the order of the rules, warnings first. Rules of one `type` are
 * alternatives and never held against each other.
 */
export function lintRules(
  rules: readonly Rule[],
  { knowledge, linker, nearness, vocabulary }: LintTools,
): LintFinding[] {
  const links = rules.map((rule) => linker.link(rule));
  const findings = [
    ...lintWording(rules, knowledge, vocabulary),
    ...lintLinks(rules, links, knowledge),
    ...lintPairs(rules, nearness),
  ];
  const rank = ({ severity }: LintFinding) => (severity === 'warning' ? 0 : 1);
  return findings.sort((one, other) => rank(one) - rank(other) || (one.rules[0] ?? 0) - (other.rules[0] ?? 0));
}
