import type { Next } from 'hono';
import type { DocketContext } from './app-environment.js';

/** Keeps browsers from taking an answer for something else than it says it is. */
export async function setSecurityHeaders(context: DocketContext, next: Next): Promise<void> {
  await next();
  context.res.headers.set('x-content-type-options', 'nosniff');
}
