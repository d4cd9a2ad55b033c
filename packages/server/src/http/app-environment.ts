import type { HttpBindings } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

/** What a request carries. */
export interface DocketEnvironment {
  /** Absent when a request does not come through a socket, as in tests. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Also in the response header `x-request-id` and in every log line about the request. */
    requestId: string;
  };
}

/** The web application. */
export type DocketApp = OpenAPIHono<DocketEnvironment>;

/** A request in the making of its answer. */
export type DocketContext = Context<DocketEnvironment>;
