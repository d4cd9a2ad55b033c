import { placesOn } from '../classification/evidence-places.js';
import { found, projectOf } from '../classification/scope.js';
import { fileIdOf } from '../files/file-id.js';
import { Turns } from '../foreground/turns.js';
import { whileWaitedFor } from '../foreground/while-waited-for.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { parseConfiguration } from '../schemas/classify-configuration.js';
import { serialiseExplanation } from '../schemas/explanation.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import { scoreBodySchema, scoreResultSchema } from '../schemas/score.js';
import type { Services } from '../services.js';

/** Classifies at once, for somebody who waits at a screen: no job, no trace. */
export function addScoreRoute(app: DocketApp, { store, foreground }: Services): void {
  const turns = new Turns();
  const definition = {
    method: 'post',
    path: '/api/local/score',
    operationId: 'scoreFile',
    summary: 'Classify a file at once, ahead of all jobs, without making one',
    description:
      'Pages that were read before are not read again. The work ends when the connection does, and when a newer request has the same `page_id`.',
    tags: ['Local'],
    query: scopeQuerySchema,
    body: scoreBodySchema,
    responses: { 200: { description: 'The answer that a job would have', schema: scoreResultSchema } },
    errors: [400, 404, 409, 429],
  } as const;
  defineEndpoint(app, definition, async ({ query, body, context }) => {
    const file = found(await store.files.get(fileIdOf(body.file_id), query.project_id), 'File');
    const configuration = parseConfiguration(body.configuration);
    const name = body.page_id ? `${projectOf(query)} ${body.page_id}` : undefined;
    const { result, timings, read, isRecalled } = await whileWaitedFor(context, (signal) =>
      turns.take(name, signal, (untilSuperseded) => foreground.score(file, configuration, untilSuperseded)),
    );
    const { type, confidence, reasoning, explanation, ranking, pages, scorer } = result;
    if (!explanation) throw new Error('the engine answered without the explanation that it was asked for');
    const kept = { ...explanation, ranking, pages, scorer, timings, isRecalled };
    return context.json({
      result: { type, confidence, reasoning },
      explanation: serialiseExplanation(kept, placesOn(read)),
    });
  });
}
