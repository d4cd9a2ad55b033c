import { randomUUID } from 'node:crypto';
import type { Next } from 'hono';
import type { DocketContext } from './app-environment.js';

const TRUSTED_ID = /^[\w.:-]{1,128}$/;

/** Gives each request an id, the caller's own where it can be trusted in logs, and repeats it in every answer. */
export async function assignRequestId(context: DocketContext, next: Next): Promise<void> {
  // Requests that do not come through a socket have no bindings at all.
  context.env ??= {};
  const given = context.req.header('x-request-id');
  const requestId = given !== undefined && TRUSTED_ID.test(given) ? given : randomUUID();
  context.set('requestId', requestId);
  await next();
  context.res.headers.set('x-request-id', requestId);
}
