import type { RouteConfig } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import type { DocketApp } from '../http/app-environment.js';

const detailSchema = z.strictObject({ detail: z.string().min(1) });

const validationSchema = z.strictObject({
  detail: z
    .array(
      z.strictObject({
        type: z.string(),
        loc: z.tuple([z.enum(['body', 'query', 'path'])], z.union([z.string(), z.int()])),
        msg: z.string(),
        input: z.unknown(),
        ctx: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .min(1),
});

/** An answer to check. */
export interface CheckedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly json: unknown;
}

/**
 * Checks an answer against the strict schema that the app's own description has for it.
 * @throws when the endpoint does not describe the status, or the answer has a key too many, too few, or a wrong one
 */
export function checkAnswer(app: DocketApp, answer: CheckedAnswer): void {
  const route = findRoute(app, answer);
  if (!route) throw new Error(`no endpoint is described for ${answer.method} ${answer.path}`);
  const response = route.responses[answer.status];
  if (!response) throw new Error(`${answer.method} ${route.path} does not describe status ${answer.status}`);
  if (answer.status === 422) validationSchema.parse(answer.json);
  else if (answer.status >= 400) detailSchema.parse(answer.json);
  else if ('content' in response) schemaOf(response.content).parse(answer.json);
  else if (answer.json !== undefined)
    throw new Error(`${answer.method} ${route.path} answers a body it does not describe`);
}

function findRoute(app: DocketApp, { method, path }: CheckedAnswer): RouteConfig | undefined {
  const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [definition.route] : [],
  );
  const fitting = routes.filter((route) => {
    const pattern = new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return route.method === method.toLowerCase() && pattern.test(path);
  });
  return fitting.find((route) => route.path === path) ?? fitting[0];
}

function schemaOf(content: unknown): z.ZodType {
  const { schema } = (content as { 'application/json'?: { schema?: unknown } })['application/json'] ?? {};
  if (schema instanceof z.ZodType) return schema;
  throw new Error('the answer is not described as JSON');
}
