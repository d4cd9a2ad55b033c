import type { Catalogue } from '../i18n/catalogue.js';
import { ApiError } from './api-error.js';

/** What went wrong, in a sentence for people. */
export function describeError(error: unknown, { errors }: Pick<Catalogue, 'errors'>): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.status === 0) return errors.network;
  if (error.detail === undefined) return errors.unexpected(error.status);
  return error.code === undefined ? error.detail : `${error.code}: ${error.detail}`;
}

/** Whether a request was ended by the page itself. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Whether the server has no such thing. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
