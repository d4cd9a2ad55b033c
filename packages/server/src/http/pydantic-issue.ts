import type { z } from '@hono/zod-openapi';

/** What is wrong with a value, in pydantic's words; where it is and what it is are added later. */
export interface PydanticProblem {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** A zod issue that carries pydantic's words. */
export function pydanticIssue(problem: PydanticProblem): { code: 'custom'; params: Record<string, unknown> } {
  return { code: 'custom', params: { pydantic: problem } };
}

/** The problem that {@link pydanticIssue} put into an issue. */
export function problemOf(issue: z.core.$ZodIssue): PydanticProblem | undefined {
  return issue.code === 'custom' ? (issue.params?.['pydantic'] as PydanticProblem | undefined) : undefined;
}

/** Says what a list of permitted texts is: `'A', 'B' or 'C'`. */
export function quoteAlternatives(values: readonly unknown[]): string {
  const quoted = values.map((value) => `'${String(value)}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}
