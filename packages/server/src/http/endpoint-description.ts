import { type RouteConfig, z } from '@hono/zod-openapi';
import type { EndpointDefinition } from './endpoint.js';

type AnyEndpoint = EndpointDefinition<z.ZodObject, z.ZodObject, z.ZodType>;

const errorSchema = z.object({ detail: z.string() }).openapi('Error');

const validationErrorSchema = z
  .object({
    detail: z.array(
      z.object({
        type: z.string(),
        loc: z.array(z.union([z.string(), z.number().int()])),
        msg: z.string(),
        input: z.unknown().optional(),
        ctx: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  })
  .openapi('ValidationError');

const ERROR_DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request cannot be carried out as it stands',
  401: 'The API key is missing or wrong',
  403: 'The request comes from where it may not come from',
  404: 'There is no such thing',
  409: 'The present state does not permit it; trying again does not help',
  413: 'The request body is too large',
  415: 'The request body is of the wrong media type',
  422: 'Fields of the request are invalid; all of them are listed',
  429: 'Too much waits already; try again after the time in the headers',
  500: 'The server failed',
  503: 'The server is not ready, or nothing can be stored just now; try again after the time in the headers',
};

/** Describes an endpoint for `/openapi.json`. */
export function describeEndpoint(endpoint: AnyEndpoint): RouteConfig {
  const { method, path, operationId, summary, description, tags, deprecated, params, query, headers } = endpoint;
  const body = describeBody(endpoint);
  return {
    method,
    path,
    operationId,
    summary,
    ...(description !== undefined && { description }),
    tags: [...tags],
    ...(deprecated === true && { deprecated }),
    ...(endpoint.access === 'open' && { security: [] }),
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(headers && { headers }),
      ...(body && { body }),
    },
    responses: { ...describeResponses(endpoint), ...describeErrors(endpoint) },
  };
}

function describeBody({ body, multipart }: AnyEndpoint) {
  if (body !== undefined) return { required: true, content: { 'application/json': { schema: body } } };
  if (multipart !== undefined) return { required: true, content: { 'multipart/form-data': { schema: multipart } } };
  return undefined;
}

function describeResponses({ responses }: AnyEndpoint): RouteConfig['responses'] {
  const described = Object.entries(responses).map(([status, response]) => [
    status,
    {
      description: response.description,
      ...(response.headers && { headers: response.headers }),
      ...(response.schema && {
        content: { [response.contentType ?? 'application/json']: { schema: response.schema } },
      }),
    },
  ]);
  return Object.fromEntries(described);
}

function describeErrors(endpoint: AnyEndpoint): RouteConfig['responses'] {
  const statuses = [...new Set([...usualErrors(endpoint), ...(endpoint.errors ?? [])])]
    .filter((status) => endpoint.responses[status] === undefined)
    .sort((left, right) => left - right);
  const described = statuses.map((status) => [
    status,
    {
      description: ERROR_DESCRIPTIONS[status] ?? 'Error',
      content: { 'application/json': { schema: status === 422 ? validationErrorSchema : errorSchema } },
    },
  ]);
  return Object.fromEntries(described);
}

function usualErrors({ method, access, query, body, multipart }: AnyEndpoint): number[] {
  return [
    ...(access === 'open' ? [] : [401]),
    ...(query || body || multipart ? [422] : []),
    ...(body || multipart ? [413, 415] : []),
    ...(method === 'get' ? [] : [503]),
  ];
}
