import type { Endpoint } from '../contract/endpoint.js';
import { endpointAt } from '../contract/endpoints.js';
import { faultsInError } from '../contract/errors.js';
import { faultsIn } from '../contract/shape.js';
import { type Exchange, readRequestBody, readResponseBody } from './exchange.js';

/** Who talks to the server: a version of the TypeScript client, or nobody but `fetch`. */
export const CLIENT_NAMES = ['2.16.0', '2.4.1', '1.6.0', 'fetch'] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

/** Watches what clients and server say to each other. */
export interface Recorder {
  /** A `fetch` to give to a client. */
  fetchAs(client: ClientName): typeof fetch;
  readonly exchanges: readonly Exchange[];
  /** What was wrong with the answers since the last call. */
  takeFaults(): string[];
}

/** Makes a recorder that has seen nothing yet. */
export function createRecorder(): Recorder {
  const exchanges: Exchange[] = [];
  let faults: string[] = [];
  const fetchAs =
    (client: ClientName): typeof fetch =>
    async (input, init) => {
      const response = await fetch(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      // The clients try `data:` once, to see whether fetch knows forms.
      if (!url.protocol.startsWith('http')) return response;
      const method = (init?.method ?? 'GET').toUpperCase();
      const exchange: Exchange = {
        client,
        method,
        path: url.pathname,
        endpoint: endpointAt(method, url.pathname),
        queryKeys: [...url.searchParams].filter(([, value]) => value !== '').map(([key]) => key.replace(/\[\]$/, '')),
        request: await readRequestBody(init?.body),
        status: response.status,
        response: await readResponseBody(response),
      };
      exchanges.push(exchange);
      faults.push(
        ...faultsInExchange(exchange, response.headers).map((fault) => `${method} ${url.pathname}: ${fault}`),
      );
      return response;
    };
  const takeFaults = () => {
    const taken = faults;
    faults = [];
    return taken;
  };
  return { fetchAs, exchanges, takeFaults };
}

function faultsInExchange(exchange: Exchange, headers: Headers): string[] {
  const { endpoint, path, status, response } = exchange;
  const faults = headers.get('x-request-id') ? [] : ['the answer has no request id'];
  if (!path.startsWith('/api/')) return faults;
  if (status === 204 && response !== undefined) return [...faults, 'a 204 has a body'];
  if (status >= 400) return [...faults, ...faultsInRefusal(status, headers, response)];
  return endpoint ? [...faults, ...faultsInSuccess(endpoint, exchange, headers)] : faults;
}

function faultsInSuccess(endpoint: Endpoint, { status, response }: Exchange, headers: Headers): string[] {
  if (status !== endpoint.status) return [`the status is ${status} and not ${endpoint.status}`];
  if (endpoint.response === undefined) return [];
  return [...faultsInType(headers), ...faultsIn(endpoint.response, response)];
}

function faultsInRefusal(status: number, headers: Headers, body: unknown): string[] {
  const faults = [...faultsInType(headers), ...faultsInError(status, body)];
  if (!/^[a-z]+\.[a-z_]+$/.test(headers.get('docket-error-code') ?? '')) faults.push(`a ${status} has no error code`);
  if (status === 409 && headers.get('x-should-retry') !== 'false') faults.push('a 409 asks to be tried again');
  if (status === 429 && !(headers.get('retry-after') && headers.get('retry-after-ms'))) {
    faults.push('a 429 does not say when to try again');
  }
  return faults;
}

function faultsInType(headers: Headers): string[] {
  const type = headers.get('content-type') ?? '';
  return /^application\/json\b/.test(type) ? [] : [`the content type is ${JSON.stringify(type)}`];
}
