import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DocketError } from '../errors.js';

/** A label and what a document must be to get it. */
export const ruleSchema = z.object({
  type: z
    .string()
    .min(1)
    .max(50)
    .describe('The label that a matching document gets. Returned byte for byte as it is spelt here.'),
  description: z
    .string()
    .min(10)
    .max(500)
    .describe('What such a document is and what stands on it, in plain language. "Not a ..." is understood.'),
});

/** A label and a plain-language description of the documents that get it. */
export type Rule = z.infer<typeof ruleSchema>;

/** Rules, at least one. Rules of equal `type` are alternatives for the same label. */
export const rulesSchema = z.array(ruleSchema).min(1);

/** A validated rule set. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  /** Hash of the rules in order-independent form: equal sets in any order are equal. */
  readonly identity: string;
}

/** @throws DocketError `request.invalid_rules` naming every place that is wrong */
export function parseRuleSet(rules: unknown): RuleSet {
  const result = rulesSchema.safeParse(rules);
  if (!result.success) throw invalidRules(result.error);
  const canonical = result.data.map(({ type, description }) => JSON.stringify([type, description])).sort();
  const identity = createHash('sha256').update(canonical.join('\n')).digest('hex').slice(0, 12);
  return { rules: result.data, identity };
}

/** What is said of one rule set at most: places, and characters of each. */
const MOST_PLACES = 20;
const MOST_CHARACTERS = 500;

/** Says what zod found, place by place: `rules[2].description: ...`; the first ones of many. */
export function describeIssues(error: z.ZodError, root: string): string {
  const lines = error.issues.slice(0, MOST_PLACES).map(({ path, message }) => {
    const place = path.reduce<string>((text, part) => {
      return typeof part === 'number' ? `${text}[${part}]` : `${text}${text ? '.' : ''}${String(part)}`;
    }, root);
    return cutText(`${place || 'the file'}: ${message}`);
  });
  const more = error.issues.length - lines.length;
  return more > 0 ? `${lines.join('; ')}; and ${more} more` : lines.join('; ');
}

function cutText(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function invalidRules(error: z.ZodError): DocketError {
  const message = `the rules are invalid: ${describeIssues(error, 'rules')}; a rule is {type: 1 to 50 characters, description: 10 to 500 characters}`;
  const places = error.issues.map(({ path }) => path.map((part) => (typeof part === 'symbol' ? String(part) : part)));
  return new DocketError('request.invalid_rules', message, { data: { places } });
}
