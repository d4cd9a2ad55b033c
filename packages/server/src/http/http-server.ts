import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { DocketApp } from './app-environment.js';

/** Makes the HTTP server of an application; it does not listen yet. */
export function createHttpServer(app: DocketApp, options: ServerOptions = {}): Server {
  return createServer(options, getRequestListener(app.fetch, { errorHandler: answerMalformed }));
}

/** Answers what never gets to the application: requests without a valid URL or `Host`. */
function answerMalformed(): Response {
  const headers = {
    'content-type': 'application/json',
    'docket-error-code': 'request.invalid_input',
    'x-content-type-options': 'nosniff',
    'x-request-id': randomUUID(),
  };
  return new Response(JSON.stringify({ detail: 'The request has no valid URL or Host header' }), {
    status: 400,
    headers,
  });
}
