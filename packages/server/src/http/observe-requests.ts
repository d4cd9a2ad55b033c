import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics.js';
import type { DocketContext, DocketEnvironment } from './app-environment.js';
import { endpointRoute } from './endpoint-access.js';

/** Who is told of requests. */
export interface RequestObservers {
  readonly logger: Pick<Logger, 'info'>;
  readonly metrics: Pick<Metrics, 'observeRequest'>;
}

/** Route of requests that lead nowhere, so that made-up paths make no new series. */
const UNKNOWN_ROUTE = 'unknown';
/** The status that nginx logs for callers that did not wait. */
const CLIENT_CLOSED_REQUEST = 499;

/** Logs and measures each request once its answer is sent: by route pattern, never with what the caller wrote. */
export function observeRequests(observers: RequestObservers): MiddlewareHandler<DocketEnvironment> {
  return async (context, next) => {
    const startedAt = performance.now();
    const { outgoing } = context.env;
    const bytesBefore = outgoing?.socket?.bytesWritten ?? 0;
    const { socket } = outgoing ?? {};
    outgoing?.once('close', () => {
      const bytes = socket ? socket.bytesWritten - bytesBefore : 0;
      report(context, observers, { startedAt, bytes, isAborted: !outgoing.writableFinished });
    });
    await next();
    if (!outgoing) report(context, observers, { startedAt, bytes: declaredBytes(context), isAborted: false });
  };
}

interface Ending {
  readonly startedAt: number;
  readonly bytes: number;
  readonly isAborted: boolean;
}

function report(context: DocketContext, { logger, metrics }: RequestObservers, ending: Ending): void {
  const { method } = context.req;
  const route = endpointRoute(context)?.path ?? UNKNOWN_ROUTE;
  // Nothing was answered yet when the caller went away.
  const status = context.finalized ? context.res.status : CLIENT_CLOSED_REQUEST;
  const durationMs = performance.now() - ending.startedAt;
  metrics.observeRequest({ method, route, status, durationMs });
  logger.info(
    {
      requestId: context.get('requestId'),
      method,
      route,
      status,
      durationMs: Math.round(durationMs * 10) / 10,
      bytes: ending.bytes,
      ...(ending.isAborted && { isAborted: true }),
    },
    'request',
  );
}

function declaredBytes(context: DocketContext): number {
  return Number(context.res.headers.get('content-length') ?? 0);
}
