import type { Rule } from '../rule-set.js';
import type { LintFinding } from './lint-finding.js';

/** How near rules are to each other and to documents, in meaning. */
export interface RuleNearness {
  /** Cosine of two rules. */
  betweenRules(one: Rule, other: Rule): number;
  /** Cosine of a rule and the nearest of many typical documents. */
  toNearestDocument(rule: Rule): number;
}

/** Cosine under which two rules are never called close: rules of one field share that much. */
const CLOSE = 0.6;

/** Rules for different labels that are nearer to each other than any document is to either. */
export function lintPairs(rules: readonly Rule[], nearness: RuleNearness): LintFinding[] {
  const reach = rules.map((rule) => nearness.toNearestDocument(rule));
  return rules.flatMap((one, first) =>
    rules.slice(first + 1).flatMap((other, offset): LintFinding[] => {
      const second = first + 1 + offset;
      if (one.type === other.type) return [];
      const between = nearness.betweenRules(one, other);
      if (between < CLOSE || between <= Math.max(reach[first] ?? 0, reach[second] ?? 0)) return [];
      return [
        {
          id: 'rules-too-close',
          severity: 'warning',
          rules: [first, second],
          words: [],
          message: `${one.type} and ${other.type} are nearer to each other (${between.toFixed(2)}) than typical documents are to either (${(reach[first] ?? 0).toFixed(2)}, ${(reach[second] ?? 0).toFixed(2)})`,
          advice: 'describe what tells their documents apart, or make them one rule',
        },
      ];
    }),
  );
}
