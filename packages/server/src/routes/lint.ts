import { whileWaitedFor } from '../foreground/while-waited-for.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { lintBodySchema, lintResultSchema, serialiseFindings } from '../schemas/lint.js';
import type { Services } from '../services.js';

/** What could be better about rules, as `docket rules lint` says it. */
export function addLintRoute(app: DocketApp, { foreground }: Services): void {
  const definition = {
    method: 'post',
    path: '/api/local/lint',
    operationId: 'lintRules',
    summary: 'Say what could be better about rules, without a document',
    tags: ['Local'],
    body: lintBodySchema,
    responses: { 200: { description: 'Findings, warnings first', schema: lintResultSchema } },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ body, context }) => {
    if (body.rules.length === 0) return context.json({ findings: [] });
    const findings = await whileWaitedFor(context, (signal) => foreground.lint(body.rules, signal));
    return context.json(serialiseFindings(findings));
  });
}
