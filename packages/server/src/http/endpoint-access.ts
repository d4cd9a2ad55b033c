import { matchedRoutes } from 'hono/route';
import type { DocketContext } from './app-environment.js';

const openHandlers = new WeakSet<object>();

/** Lets requests without API key through to a handler. */
export function allowAnybody(handler: object): void {
  openHandlers.add(handler);
}

/** Whether the handler that a request leads to takes requests without API key. */
export function isOpen(context: DocketContext): boolean {
  const route = endpointRoute(context);
  return route !== undefined && openHandlers.has(route.handler);
}

/** The route that a request leads to, middleware aside; undefined when there is none. */
export function endpointRoute(context: DocketContext): { readonly path: string; readonly handler: object } | undefined {
  return matchedRoutes(context).find((route) => route.path !== '/*');
}
