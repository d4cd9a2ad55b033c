import type { DocumentResult } from '@docket/evals';
import { z } from '@hono/zod-openapi';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import {
  comparisonQuerySchema,
  runComparisonSchema,
  runListSchema,
  runQuerySchema,
  runSchema,
} from '../schemas/bench-run.js';
import type { Services } from '../services.js';

const tags = ['Local'];
const path = '/api/local/runs';

/** Runs of `docket bench`, in the form in which it writes them. */
export function addRunRoutes(app: DocketApp, { runs }: Services): void {
  addList(app, runs);
  // Before the runs by name: it has none.
  addComparison(app, runs);
  addGet(app, runs);
}

function addList(app: DocketApp, runs: Services['runs']): void {
  const definition = {
    method: 'get',
    path,
    operationId: 'listRuns',
    summary: 'List the runs of docket bench in the folder that the server was given',
    tags,
    responses: { 200: { description: 'The runs, newest first', schema: runListSchema } },
  } as const;
  defineEndpoint(app, definition, async ({ context }) =>
    context.json({ is_given: runs.isGiven, runs: await runs.list() }),
  );
}

function addComparison(app: DocketApp, runs: Services['runs']): void {
  const definition = {
    method: 'get',
    path: `${path}/compare`,
    operationId: 'compareRuns',
    summary: 'Say what changed between two runs, from a to b',
    tags,
    query: comparisonQuerySchema,
    responses: { 200: { description: 'What changed', schema: runComparisonSchema } },
    errors: [400, 404],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => context.json(await runs.compare(query.a, query.b)));
}

function addGet(app: DocketApp, runs: Services['runs']): void {
  const definition = {
    method: 'get',
    path: `${path}/{name}`,
    operationId: 'getRun',
    summary: 'Get a run of docket bench with its documents',
    tags,
    params: z.object({ name: z.string() }),
    query: runQuerySchema,
    responses: { 200: { description: 'The run', schema: runSchema } },
    errors: [400, 404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const { summary, results } = await runs.read(params.name);
    const wanted = results.filter((result) => isWanted(result, query.only));
    const { offset, limit } = query;
    const part = wanted.slice(offset, offset + limit);
    return context.json({ name: params.name, summary, total: wanted.length, results: part });
  });
}

function isWanted(result: DocumentResult, only: 'wrong' | 'failed' | undefined): boolean {
  if (only === 'failed') return result.status === 'failed';
  return only === undefined || (result.status === 'classified' && result.answered !== result.expected);
}
