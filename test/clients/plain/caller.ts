import { documentFile, type Stage } from '../stage.js';

/** A request written by hand. */
export interface PlainRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | FormData;
}

/** Its answer. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Headers;
  // The tests say what they expect in it.
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  readonly body: any;
}

/** Sends requests by plain fetch. */
export interface Caller {
  call(method: string, path: string, request?: PlainRequest): Promise<PlainAnswer>;
  /** Uploads a fixture document. @returns Its id */
  upload(name: string, query?: string): Promise<string>;
}

/** @param server Which of the stage's servers */
export function callerOf(stage: Stage, server: 'server' | 'keyed' | 'busy' = 'server'): Caller {
  const call: Caller['call'] = async (method, path, { headers = {}, json, body } = {}) => {
    const isJson = json !== undefined;
    const response = await stage.recorder.fetchAs('fetch')(`${stage[server].url}${path}`, {
      method,
      headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
      body: isJson ? JSON.stringify(json) : (body ?? null),
    });
    const text = await response.text();
    const isParsed = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isParsed ? JSON.parse(text) : text };
  };
  const upload: Caller['upload'] = async (name, query = '') => {
    const body = new FormData();
    body.append('file', documentFile(name));
    body.append('purpose', 'classify');
    return (await call('POST', `/api/v1/beta/files${query}`, { body })).body.id;
  };
  return { call, upload };
}
