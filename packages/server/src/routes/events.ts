import { z } from '@hono/zod-openapi';
import { projectOf } from '../classification/scope.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { onceGone } from '../http/once-gone.js';
import { jobEventSchema } from '../schemas/job-event.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

/** A connection that was a stream is no good for anything else: it ends with that. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  connection: 'close',
  // nginx would gather what it is sent.
  'x-accel-buffering': 'no',
};

/** What happens to jobs, as it happens. */
export function addEventRoute(app: DocketApp, { events }: Services): void {
  app.openAPIRegistry.register('JobEvent', jobEventSchema);
  const definition = {
    method: 'get',
    path: '/api/local/events',
    operationId: 'watchJobs',
    summary: 'What happens to the jobs of a project, as server-sent events',
    description:
      'A stream without end. `job`: a job is new or in another state; its data is a `JobEvent`. `job_deleted`: `{"id"}`. `reset`: something happened that is not told one by one; ask for the list again. `ready`: from here on everything is told. A comment every 15 seconds says that the stream lives. With `Last-Event-ID` it goes on where a former one broke off, or begins with `reset` when that is too long ago. Readers that do not keep up are dropped.',
    tags: ['Local'],
    query: scopeQuerySchema,
    headers: z.object({ 'last-event-id': z.string().optional() }),
    responses: { 200: { description: 'The stream', schema: z.string(), contentType: 'text/event-stream' } },
    errors: [429],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    if (context.req.method === 'HEAD') return context.body(null, 200, HEADERS);
    const { env } = context;
    const lastEventId = context.req.header('last-event-id');
    const breakOff = () => void env.incoming?.socket.destroy();
    const stream = events.open({ projectId: projectOf(query), lastEventId, breakOff });
    // Also where nobody ever reads the body.
    onceGone(env, () => stream.end());
    return context.body(stream.body as ReadableStream<Uint8Array<ArrayBuffer>>, 200, HEADERS);
  });
}
