import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { DocketApp } from './app-environment.js';
import { answerBrokenRequests } from './broken-requests.js';
import { endIdleConnections } from './idle-connections.js';

/** How long and how many connections are held. */
export interface HttpServerOptions {
  /** Longest time until all headers of a request have come. @default 30 seconds */
  readonly headersTimeoutMs?: number;
  /** Longest time that a connection may be silent in the middle of a request or of its answer. @default 60 seconds */
  readonly idleTimeoutMs?: number;
  /** Longest time for a request with its body: uploads over slow lines. @default 30 minutes */
  readonly requestTimeoutMs?: number;
  /** How often the first and the third are looked at. @default 5 seconds */
  readonly checkIntervalMs?: number;
  /** Connections at once; what is more is closed. @default 2,000 */
  readonly maxConnections?: number;
}

/** Longer than clients and proxies keep idle connections, so that they close them first. */
const KEEP_ALIVE_MS = 75_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** Makes the HTTP server of an application; it does not listen yet. Nobody can hold a connection without using it. */
export function createHttpServer(app: DocketApp, options: HttpServerOptions = {}): Server {
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs ?? 30_000,
      requestTimeout: options.requestTimeoutMs ?? 30 * 60_000,
      connectionsCheckingInterval: options.checkIntervalMs ?? 5_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    getRequestListener(app.fetch, { errorHandler: answerMalformed }),
  );
  server.maxConnections = options.maxConnections ?? 2000;
  answerBrokenRequests(server);
  endIdleConnections(server, options.idleTimeoutMs ?? 60_000);
  return server;
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
