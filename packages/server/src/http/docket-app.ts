import { OpenAPIHono } from '@hono/zod-openapi';
import { getPath } from 'hono/utils/url';
import type { Logger } from 'pino';
import type { DocketApp, DocketContext, DocketEnvironment } from './app-environment.js';
import { toErrorReply } from './errors.js';
import { assignRequestId } from './request-id.js';

/** Line breaks in a path, which the router decodes: its `*` does not match them, so all middleware would be left out. */
const LINE_BREAKS = /[\n\r\u2028\u2029]/g;

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** Options of {@link createDocketApp}. */
export interface DocketAppOptions {
  /** Is told of unexpected errors, with their stacks. */
  readonly logger?: Pick<Logger, 'error'>;
}

/** An application without routes: gives each request an id and answers errors, unknown routes and unknown methods. */
export function createDocketApp({ logger }: DocketAppOptions = {}): DocketApp {
  const app = new OpenAPIHono<DocketEnvironment>({
    getPath: (request) => getPath(request).replace(LINE_BREAKS, '\uFFFD'),
  });
  app.use(assignRequestId);
  app.onError((error, context) => answerError(error, context, logger));
  app.notFound((context) => answerUnknown(app, context));
  return app;
}

function answerError(error: unknown, context: DocketContext, logger: Pick<Logger, 'error'> | undefined): Response {
  const requestId = context.get('requestId');
  const reply = toErrorReply(error, requestId);
  if (reply.status === 500) logger?.error({ requestId, err: error }, 'request failed unexpectedly');
  return context.json(reply.body, reply.status, { ...reply.headers });
}

function answerUnknown(app: DocketApp, context: DocketContext): Response {
  const methods = METHODS.filter((method) => hasRoute(app, method, context.req.path));
  if (methods.length === 0) {
    return context.json({ detail: 'Not Found' }, 404, { 'docket-error-code': 'resource.not_found' });
  }
  const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return context.json({ detail: 'Method Not Allowed' }, 405, {
    'docket-error-code': 'request.invalid_input',
    allow: allow.join(', '),
  });
}

function hasRoute(app: DocketApp, method: string, path: string): boolean {
  return app.router.match(method, path)[0].some(([[, route]]) => route.path !== '/*');
}
