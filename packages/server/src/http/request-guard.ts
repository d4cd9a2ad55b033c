import { DocketError } from '@docket/core';
import type { MiddlewareHandler } from 'hono';
import { hostOf, isAcceptedHost, type ServerNames } from './accepted-hosts.js';
import type { DocketContext, DocketEnvironment } from './app-environment.js';

/** What the guard goes by. */
export interface RequestGuardSettings extends ServerNames {
  readonly apiKeyHashes?: readonly Uint8Array[];
  readonly allowOrigins: readonly string[];
}

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What is read here costs more than its answer: engine processes are started, a folder or large files are read, or a connection
 * is held.
 */
const COSTLY_READS = /^\/api\/local\/(?:events|state|samples|runs(?:\/.*)?|files\/[^/]+\/pages\/[^/]+\/image)$/;

/**
 * Keeps web pages of others away while no API key does: a page that points its own name at this machine gives itself away
 * by `Host`, one that sends requests here by `Origin` or `Sec-Fetch-Site`.
 */
export function guardRequests(settings: RequestGuardSettings): MiddlewareHandler<DocketEnvironment> {
  return async (context, next) => {
    if (settings.apiKeyHashes === undefined) {
      refuseForeignHost(context, settings);
      const { method, path } = context.req;
      if (!READING_METHODS.has(method) || COSTLY_READS.test(path)) refuseForeignOrigin(context, settings);
    }
    await next();
  };
}

/** Whether pages of an origin may call. `null` is the origin of pages that hide theirs. */
export function isAllowedOrigin(origin: string, { allowOrigins }: Pick<RequestGuardSettings, 'allowOrigins'>): boolean {
  return origin !== 'null' && allowOrigins.includes(origin);
}

function refuseForeignHost(context: DocketContext, settings: RequestGuardSettings): void {
  if (isAcceptedHost(hostOf(context), settings)) return;
  throw new DocketError(
    'auth.forbidden_host',
    'The Host header does not name this server; set --public-url to the address that clients use, or use API keys',
  );
}

function refuseForeignOrigin(context: DocketContext, settings: RequestGuardSettings): void {
  const origin = context.req.header('origin');
  if (origin !== undefined && isAllowedOrigin(origin, settings)) return;
  const isForeign = origin !== undefined && !isOwnOrigin(origin, hostOf(context), settings);
  if (!isForeign && context.req.header('sec-fetch-site')?.toLowerCase() !== 'cross-site') return;
  throw new DocketError(
    'auth.forbidden_origin',
    'Web pages of other origins may not call this server; name theirs with --allow-origin, or use API keys',
  );
}

function isOwnOrigin(origin: string, host: string, { publicUrl }: RequestGuardSettings): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost, origin: normalised } = new URL(origin);
  if (publicUrl !== undefined && normalised === new URL(publicUrl).origin) return true;
  // Read with the scheme of the origin, so that its usual port may be left out on either side.
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === originHost;
}
