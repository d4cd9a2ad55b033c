import type { Endpoint } from '../contract/endpoint.js';
import type { ClientName } from './recorder.js';

/** One request and its answer. */
export interface Exchange {
  readonly client: ClientName;
  readonly method: string;
  readonly path: string;
  /** What it went to, when the contract has it. */
  readonly endpoint: Endpoint | undefined;
  /** Of the values that were not empty. */
  readonly queryKeys: readonly string[];
  /** The JSON that was sent, or the parts of the form. */
  readonly request: unknown;
  readonly status: number;
  /** The JSON that was answered. */
  readonly response: unknown;
}

/** What a body says: parsed JSON, or the parts of a form by name with what is JSON in them parsed too. */
export async function readRequestBody(body: unknown): Promise<unknown> {
  if (typeof body === 'string') return parse(body);
  if (!(body instanceof FormData)) return undefined;
  return Object.fromEntries([...body].map(([name, part]) => [name, typeof part === 'string' ? parse(part) : 'a file']));
}

/** The JSON of an answer, which stays readable; undefined when it has none. */
export async function readResponseBody(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.includes('json')) {
    return response.status === 204 ? (await response.clone().text()) || undefined : undefined;
  }
  return parse(await response.clone().text());
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
