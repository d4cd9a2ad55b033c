import { DocketError, type ErrorCode } from '@docket/core';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ValidationEntry } from './validation-entry.js';

/** An error as the caller sees it. */
export interface ErrorReply {
  readonly status: ContentfulStatusCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly detail: string | readonly ValidationEntry[] };
}

const STATUSES: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  'request.invalid_body': 422,
  'request.too_large': 413,
  'request.unsupported_media_type': 415,
  'auth.missing_key': 401,
  'auth.invalid_key': 401,
  'auth.forbidden_host': 403,
  'auth.forbidden_origin': 403,
  'auth.invalid_signature': 403,
  'resource.not_found': 404,
  'resource.document_deleted': 404,
  'state.ended': 409,
  'state.active': 409,
  'state.superseded': 409,
  'state.name_taken': 409,
  'capacity.too_many_jobs': 429,
  'capacity.too_many_requests': 429,
  'capacity.disk_full': 429,
  'state.database_locked': 503,
  'state.database_unreachable': 503,
  'state.data_folder_unwritable': 503,
  // The fault of a document that somebody waits for; jobs keep theirs.
  'capacity.out_of_memory': 400,
};

/** How long clients are asked to wait when an overload or a fault does not say: milliseconds. */
const DEFAULT_RETRY_AFTER_MS = 5_000;

/** The HTTP status that an error code stands for; 500 for those that are nobody's business outside. */
export function statusOf(code: ErrorCode): ContentfulStatusCode {
  return STATUSES[code] ?? (/^(?:request|document)\./.test(code) ? 400 : 500);
}

/**
 * A request whose body or query is not what it should be: status 422.
 * @param entries What is wrong, all of it, as pydantic says it
 */
export function invalidBody(entries: readonly ValidationEntry[]): DocketError {
  return new DocketError('request.invalid_body', 'the request is invalid; see detail', { data: { detail: entries } });
}

/** Turns anything thrown into what the caller sees of it. Inner texts of unexpected errors stay inside. */
export function toErrorReply(thrown: unknown, requestId: string): ErrorReply {
  const code = thrown instanceof DocketError ? thrown.code : 'internal.unexpected';
  const status = statusOf(code);
  const headers: Record<string, string> = { 'docket-error-code': code };
  if (!(thrown instanceof DocketError) || status === 500) {
    return { status, headers, body: { detail: `Internal server error (request ${requestId})` } };
  }
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (status === 409) headers['x-should-retry'] = 'false';
  if (status === 429 || status === 503) Object.assign(headers, retryHeaders(thrown.data['retryAfterMs']));
  return { status, headers, body: { detail: detailOf(thrown) } };
}

function detailOf(error: DocketError): string | readonly ValidationEntry[] {
  const { detail } = error.data;
  return error.code === 'request.invalid_body' && Array.isArray(detail) ? detail : error.message;
}

function retryHeaders(retryAfterMs: unknown): Record<string, string> {
  const waitMs =
    typeof retryAfterMs === 'number' && retryAfterMs > 0 ? Math.ceil(retryAfterMs) : DEFAULT_RETRY_AFTER_MS;
  return { 'retry-after-ms': String(waitMs), 'retry-after': String(Math.ceil(waitMs / 1000)) };
}
