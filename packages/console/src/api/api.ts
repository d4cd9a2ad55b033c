import createClient from 'openapi-fetch';
import { fetchHere, serverAddress } from './fetch-here.js';
import type { paths } from './schema.js';

/** The HTTP API, by the types of its own description. */
export const api = createClient<paths>({
  baseUrl: typeof document === 'undefined' ? '' : serverAddress().href.replace(/\/$/, ''),
  fetch: fetchHere,
});

/** The content of an answer of success; others are thrown before. */
export async function contentOf<Content>(answer: Promise<{ data?: Content }>): Promise<Content> {
  const { data } = await answer;
  return data as Content;
}
