import { DocketError } from '@docket/core';
import type { z } from '@hono/zod-openapi';
import type { DocketApp, DocketContext } from './app-environment.js';
import { allowAnybody } from './endpoint-access.js';
import { describeEndpoint } from './endpoint-description.js';
import { invalidBody } from './errors.js';
import { readJsonBody } from './json-body.js';
import { toValidationEntries } from './pydantic-errors.js';
import { readQueryValues } from './query-values.js';
import type { ValidationEntry } from './validation-entry.js';

/** An answer of an endpoint, for `/openapi.json`. */
export interface EndpointResponse {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: z.ZodType;
  /** `application/json` unless said otherwise. */
  readonly contentType?: string;
  readonly headers?: z.ZodObject;
}

/** What an endpoint takes and gives. The schemas here both validate requests and make up `/openapi.json`. */
export interface EndpointDefinition<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters as OpenAPI writes them: `/api/v2/classify/{job_id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated?: boolean;
  readonly params?: Params;
  /** Lists are repeated keys, `key[]` or one comma-joined value; an empty value counts as absent. */
  readonly query?: Query;
  /** Request headers, for `/openapi.json` alone: handlers read them themselves. */
  readonly headers?: z.ZodObject;
  /** The JSON body. Without it, no body is ever read. */
  readonly body?: Body;
  /** Parts of a form, for `/openapi.json` alone: upload handlers read the stream themselves. */
  readonly multipart?: z.ZodObject;
  readonly responses: Readonly<Record<number, EndpointResponse>>;
  /** Statuses of errors beside those that every endpoint of this kind has. */
  readonly errors?: readonly number[];
  /** `open`: needs no API key, also when there are keys. */
  readonly access?: 'open';
}

/** A request whose parts are valid. What the definition does not name is `{}` (body: undefined). */
export interface EndpointRequest<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  readonly context: DocketContext;
}

export { createDocketApp } from './docket-app.js';

/** Longest JSON body: bytes. */
export const MAX_JSON_BYTES = 10 * 1024 * 1024;

type NoFields = z.ZodObject<Record<never, never>>;

/**
 * Mounts a handler behind the validation of its request, and describes it in `/openapi.json`. All that is wrong with
 * query and body is answered at once, with 422.
 */
export function defineEndpoint<
  Params extends z.ZodObject = NoFields,
  Query extends z.ZodObject = NoFields,
  Body extends z.ZodType = z.ZodUndefined,
>(
  app: DocketApp,
  definition: EndpointDefinition<Params, Query, Body>,
  handler: (request: EndpointRequest<Params, Query, Body>) => Response | Promise<Response>,
): void {
  app.openAPIRegistry.registerPath(describeEndpoint(definition));
  const answer = async (context: DocketContext): Promise<Response> =>
    handler({ ...(await readRequest(definition, context)), context });
  if (definition.access === 'open') allowAnybody(answer);
  app.on([definition.method.toUpperCase()], definition.path.replaceAll(/\{(\w+)\}/g, ':$1'), answer);
}

async function readRequest<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  definition: EndpointDefinition<Params, Query, Body>,
  context: DocketContext,
): Promise<Omit<EndpointRequest<Params, Query, Body>, 'context'>> {
  const entries: ValidationEntry[] = [];
  const params = definition.params && readPath(definition.params, context);
  const query = check(definition.query, queryValues(definition.query, context), 'query', entries);
  const body = definition.body && (await readBody(definition.body, context, entries));
  if (entries.length > 0) throw invalidBody(entries);
  return { params: params ?? {}, query, body } as EndpointRequest<Params, Query, Body>;
}

/** Ids in paths are opaque: what does not fit leads nowhere, as an unknown one does. */
function readPath(schema: z.ZodObject, context: DocketContext): unknown {
  const result = schema.safeParse(context.req.param());
  if (!result.success) throw new DocketError('resource.not_found', 'Not Found');
  return result.data;
}

function queryValues(schema: z.ZodObject | undefined, context: DocketContext): Record<string, string | string[]> {
  return schema === undefined ? {} : readQueryValues(schema, context.req.queries());
}

async function readBody(schema: z.ZodType, context: DocketContext, entries: ValidationEntry[]): Promise<unknown> {
  const body = await readJsonBody(context, MAX_JSON_BYTES);
  if ('value' in body) return check(schema, body.value, 'body', entries);
  entries.push(body.invalid);
  return undefined;
}

function check(
  schema: z.ZodType | undefined,
  input: unknown,
  part: 'query' | 'body',
  entries: ValidationEntry[],
): unknown {
  if (schema === undefined) return {};
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  entries.push(...toValidationEntries(result.error.issues, { schema, input, part }));
  return undefined;
}
