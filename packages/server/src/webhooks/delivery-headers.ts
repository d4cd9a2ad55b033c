import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { ClaimedDelivery, WebhookEndpoint } from '@docket/store';
import { PACKAGE_VERSION } from '../operations/package-version.js';
import { signDelivery } from './sign-delivery.js';

/** Headers that are the server's own, or that would change what is sent. */
const RESERVED =
  /^(?:host|content-(?:type|length|encoding)|transfer-encoding|connection|keep-alive|proxy-.*|te|trailer|upgrade|expect|user-agent|lc-signature|webhook-.*|x-webhook-event-(?:id|type))$/;

/** The headers of an attempt: the endpoint's own first, then what says and proves what it is. */
export function deliveryHeaders(
  { id, event }: Pick<ClaimedDelivery, 'id' | 'event'>,
  { headers, secret }: WebhookEndpoint,
  { body, nowMs }: { readonly body: Buffer; readonly nowMs: number },
): Record<string, string> {
  const timestampSeconds = Math.floor(nowMs / 1000);
  return {
    ...sendable(headers),
    'content-type': 'application/json',
    'user-agent': `docket-webhooks/${PACKAGE_VERSION}`,
    'x-webhook-event-id': id,
    'x-webhook-event-type': event,
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    ...(secret ? signDelivery(secret, { id, timestampSeconds, body }) : {}),
  };
}

/** Headers that may be sent: what HTTP does not permit is left out, for it could begin another header. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries.filter(([name, value]) => !RESERVED.test(name) && isValid(name, value)));
}

function isValid(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
