import { timingSafeEqual } from 'node:crypto';
import { DocketError } from '@docket/core';
import type { MiddlewareHandler } from 'hono';
import { hashApiKey } from './api-keys.js';
import type { DocketEnvironment } from './app-environment.js';
import { isOpen } from './endpoint-access.js';

const BEARER = /^bearer +(\S.*)$/i;

/**
 * Wants an API key with every request, except for endpoints that are open to anybody.
 * @param apiKeyHashes SHA-256 of each key; absent: no key is wanted, and any is taken
 */
export function authenticate(apiKeyHashes: readonly Uint8Array[] | undefined): MiddlewareHandler<DocketEnvironment> {
  return async (context, next) => {
    if (apiKeyHashes !== undefined && !isOpen(context)) checkKey(context.req.header('authorization'), apiKeyHashes);
    await next();
  };
}

function checkKey(authorization: string | undefined, apiKeyHashes: readonly Uint8Array[]): void {
  const key = BEARER.exec(authorization ?? '')?.[1]?.trim();
  if (key === undefined) throw new DocketError('auth.missing_key', 'Not authenticated');
  const hash = hashApiKey(key);
  // Each key is compared, also after a match: the time tells nothing.
  const matches = apiKeyHashes.map((known) => timingSafeEqual(known, hash));
  if (!matches.includes(true)) throw new DocketError('auth.invalid_key', 'Invalid API Key');
}
