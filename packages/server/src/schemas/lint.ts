import type { LintFinding } from '@docket/core';
import { z } from '@hono/zod-openapi';
import { list, text } from '../http/fields.js';

/** Rules that are looked at together. */
const MOST_RULES = 500;

/** Rules as somebody is writing them: what a job would refuse is taken here. */
export const lintBodySchema = z
  .object({
    rules: list(z.object({ type: text({ max: 50 }), description: text({ max: 500 }) }).openapi('RuleDraft'), {
      max: MOST_RULES,
    }),
  })
  .openapi('LintRules');

const findingSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'vague-description' }),
    severity: z.enum(['warning', 'advice']),
    rules: z.array(z.int().min(0)).describe('Indexes into the rules.'),
    words: z.array(z.string()).describe('Words of the rules that it is about.'),
    message: z.string(),
    advice: z.string(),
  })
  .openapi('LintFinding');

/** What could be better about rules: warnings first, then in the order of the rules. */
export const lintResultSchema = z.strictObject({ findings: z.array(findingSchema) }).openapi('LintResult');

/** Writes findings for the wire. */
export function serialiseFindings(findings: readonly LintFinding[]): z.input<typeof lintResultSchema> {
  return {
    findings: findings.map(({ id, severity, rules, words, message, advice }) => {
      return { id, severity, rules: [...rules], words: [...words], message, advice };
    }),
  };
}
