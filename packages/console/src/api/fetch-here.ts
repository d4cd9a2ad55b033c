import { ApiError, describeDetail } from './api-error.js';
import { keyWanted, sessionKey } from './session-key.js';

/** The address that this page came from, with a trailing slash: everything that is asked for lies under it. */
export function serverAddress(): URL {
  return new URL('./', document.baseURI);
}

/**
 * Asks the server that this page came from, with the key in a header.
 * @throws ApiError where the answer is none of success, or there is none; an AbortError where it was ended
 */
export async function fetchHere(request: Request): Promise<Response> {
  const key = sessionKey.value;
  if (key !== undefined) request.headers.set('authorization', `Bearer ${key}`);
  const response = await fetch(request, { credentials: 'omit' }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, undefined, undefined);
  });
  if (response.ok) return response;
  // What was sent before a key was given says nothing of that key.
  if (response.status === 401 && key === sessionKey.value) keyWanted.value = key === undefined ? 'missing' : 'refused';
  const body: unknown = await response.json().catch(() => undefined);
  throw new ApiError(response.status, response.headers.get('docket-error-code') ?? undefined, describeDetail(body));
}

/** Asks for a path under the server's address. */
export function fetchPath(path: string, options: RequestInit = {}): Promise<Response> {
  return fetchHere(new Request(new URL(path.replace(/^\//, ''), serverAddress()), options));
}
