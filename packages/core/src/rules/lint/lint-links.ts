import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import type { RuleLinks } from '../link-rule.js';
import type { Rule } from '../rule-set.js';
import type { LintFinding } from './lint-finding.js';

/** From here on a rule is taken to mean a document type. */
const SURE = 0.5;

/** What the knowledge makes of the rules. */
export function lintLinks(
  rules: readonly Rule[],
  links: readonly RuleLinks[],
  knowledge: CompiledKnowledge,
): LintFinding[] {
  const meant = links.map(({ wanted }) => (wanted[0] && wanted[0].weight >= SURE ? wanted[0].type : undefined));
  return [...unlinked(rules, meant), ...shared(rules, meant, knowledge)];
}

function unlinked(rules: readonly Rule[], meant: readonly (number | undefined)[]): LintFinding[] {
  return rules.flatMap(({ type }, index): LintFinding[] => {
    if (meant[index] !== undefined) return [];
    return [
      {
        id: 'unlinked-rule',
        severity: 'advice',
        rules: [index],
        words: [],
        message: `no known document type stands behind ${type}: its own words and their meaning decide`,
        advice:
          'see docket doctypes for names that are known; otherwise put the words that stand on such documents into the description',
      },
    ];
  });
}

/** Rules for different labels that mean one document type. */
function shared(
  rules: readonly Rule[],
  meant: readonly (number | undefined)[],
  { types }: CompiledKnowledge,
): LintFinding[] {
  const byType = new Map<number, number[]>();
  meant.forEach((type, index) => {
    if (type !== undefined) byType.set(type, [...(byType.get(type) ?? []), index]);
  });
  return [...byType].flatMap(([meantType, indexes]): LintFinding[] => {
    const labels = [...new Set(indexes.map((index) => rules[index]?.type ?? ''))];
    if (labels.length < 2) return [];
    return [
      {
        id: 'same-document-type',
        severity: 'warning',
        rules: indexes,
        words: [],
        message: `${labels.join(' and ')} are read as the same document type, ${types[meantType]?.name ?? ''}`,
        advice: 'say in each description what only its documents have; or give both the same type, if they are one',
      },
    ];
  });
}
