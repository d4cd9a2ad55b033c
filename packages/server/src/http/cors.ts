import { DocketError } from '@docket/core';
import type { MiddlewareHandler } from 'hono';
import type { DocketEnvironment } from './app-environment.js';
import { isAllowedOrigin } from './request-guard.js';

const ALLOWED_METHODS = 'GET, HEAD, POST, PUT, DELETE';
/** What the official clients send, and what a caller and an `EventSource` need. */
const ALLOWED_HEADER = /^(authorization|content-type|accept|prefer|last-event-id|x-request-id|x-stainless-[a-z-]+)$/;
const EXPOSED_HEADERS = 'x-request-id, retry-after, retry-after-ms, docket-error-code, preference-applied';
const PREFLIGHT_SECONDS = '600';

/** Lets pages of named origins read answers, and answers their preflights. Pages of all other origins get neither. */
export function answerOrigins(allowOrigins: readonly string[]): MiddlewareHandler<DocketEnvironment> {
  return async (context, next) => {
    const origin = context.req.header('origin');
    const isAllowed = origin !== undefined && isAllowedOrigin(origin, { allowOrigins });
    const requestedMethod = context.req.header('access-control-request-method');
    if (context.req.method === 'OPTIONS' && origin !== undefined && requestedMethod !== undefined) {
      if (!isAllowed)
        throw new DocketError('auth.forbidden_origin', 'Web pages of this origin may not call this server');
      context.res = new Response(null, { status: 204 });
      const { headers } = context.res;
      headers.set('access-control-allow-methods', ALLOWED_METHODS);
      headers.set('access-control-allow-headers', permitted(context.req.header('access-control-request-headers')));
      headers.set('access-control-max-age', PREFLIGHT_SECONDS);
      headers.append('vary', 'access-control-request-headers');
    } else {
      await next();
    }
    const { headers } = context.res;
    if (allowOrigins.length > 0) headers.append('vary', 'origin');
    if (!isAllowed) return;
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-allow-credentials', 'true');
    headers.set('access-control-expose-headers', EXPOSED_HEADERS);
  };
}

function permitted(requested = ''): string {
  const names = requested.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => ALLOWED_HEADER.test(name)).join(', ');
}
