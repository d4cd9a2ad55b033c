import type { Endpoint } from '../contract/endpoint.js';
import { fieldsIn, fieldsOf } from '../contract/shape.js';
import type { Exchange } from './exchange.js';
import { CLIENT_NAMES, type ClientName } from './recorder.js';

/** Who exercised what, of one endpoint. */
export interface EndpointCoverage {
  readonly endpoint: Endpoint;
  readonly clients: readonly ClientName[];
  readonly rows: readonly CoverageRow[];
}

/** One thing that can be exercised. */
export interface CoverageRow {
  readonly kind: 'query' | 'request' | 'response' | 'status';
  readonly name: string;
  readonly clients: readonly ClientName[];
}

/**
 * Joins what the contract has with what was seen. A parameter or a field of a request counts when a value of it was sent
 * and accepted (or refused, where the contract says so); a field of a response when it had a value.
 */
export function coverageOf(endpoint: Endpoint, exchanges: readonly Exchange[]): EndpointCoverage {
  const seen = exchanges.filter((exchange) => exchange.endpoint === endpoint);
  const row = (kind: CoverageRow['kind'], name: string, is: (exchange: Exchange) => boolean): CoverageRow => ({
    kind,
    name,
    clients: clientsOf(seen.filter(is)),
  });
  const { query, request, response, refused = [] } = endpoint;
  const counts = (name: string, { status }: Exchange) => status < 300 || (refused.includes(name) && status < 500);
  const statuses = [...new Set(seen.map(({ status }) => status))].sort((one, other) => one - other);
  return {
    endpoint,
    clients: clientsOf(seen),
    rows: [
      ...query.map((name) => row('query', name, (one) => one.queryKeys.includes(name) && counts(name, one))),
      ...(request ? fieldsOf(request) : []).map((name) =>
        row('request', name, (one) => counts(name, one) && request !== undefined && has(request, one.request, name)),
      ),
      ...(response ? fieldsOf(response) : []).map((name) =>
        row('response', name, (one) => one.status < 300 && response !== undefined && has(response, one.response, name)),
      ),
      ...statuses.map((status) => row('status', String(status), (one) => one.status === status)),
    ],
  };
}

/** What nobody exercised although the first release has it. */
export function gapsIn(coverages: readonly EndpointCoverage[]): string[] {
  return coverages.flatMap(({ endpoint, clients, rows }) => {
    if (clients.length === 0) return [endpoint.operation];
    const unused = rows.filter((row) => row.clients.length === 0);
    return unused.map(({ kind, name }) => `${endpoint.operation}: ${kind} ${name}`);
  });
}

const has = (shape: Parameters<typeof fieldsIn>[0], body: unknown, name: string): boolean =>
  fieldsIn(shape, body).includes(name);

function clientsOf(exchanges: readonly Exchange[]): ClientName[] {
  return CLIENT_NAMES.filter((name) => exchanges.some(({ client }) => client === name));
}
