import { unfilledIn } from '../contract/shape.js';
import type { CoverageRow, EndpointCoverage } from './coverage.js';
import type { Exchange } from './exchange.js';
import { CLIENT_NAMES, type ClientName } from './recorder.js';

const HEAD = `# API coverage

Which client exercised what of the API, as \`test/clients\` saw it on a server started by \`docket serve\`. The tests write
this page; when it is stale they fail, and this brings it up to date:

    DOCKET_UPDATE_COVERAGE=1 npx vitest run test/clients

- \`2.16.0\`, \`2.4.1\` and \`1.6.0\` are versions of the official TypeScript client, \`@llamaindex/llama-cloud\`; \`fetch\` is
  requests written by hand, for what no client sends.
- A query parameter or a field of a request counts when a value of it was sent and accepted; a field of a response when it
  came with a value. Every response was also checked against a strict list of its fields.
- MUST: the documented classify flow needs it. SHOULD: a documented variant or a client needs it. LATER: not there yet.
`;

const KINDS = { query: 'Query', request: 'Request', response: 'Response', status: 'Status' } as const;

/** What is to be reported. */
export interface CoverageReport {
  readonly endpoints: readonly EndpointCoverage[];
  /** Endpoints that are not there, and how they were refused. */
  readonly later: readonly { readonly operation: string; readonly status: number }[];
  /** Endpoints beside the contract. */
  readonly own: readonly { readonly operation: string; readonly exchanges: readonly Exchange[] }[];
}

/** Writes the page. The same exchanges, in any order, give the same bytes. */
export function reportCoverage({ endpoints, later, own }: CoverageReport): string {
  const parts = [
    HEAD,
    '## Endpoints\n',
    table(
      ['Endpoint', 'Level', ...CLIENT_NAMES],
      [...endpoints.map(({ endpoint, clients }) => [linkTo(endpoint.operation), endpoint.level, ...marks(clients)])],
    ),
    ...endpoints.flatMap(sectionOf),
    '## Not there yet\n',
    'LATER in the contract: 404, or 405 where the path is there for another method.\n',
    table(
      ['Endpoint', 'Status'],
      later.map(({ operation, status }) => [code(operation), String(status)]),
    ),
    '## Beside the contract\n',
    'What Docket has and the cloud does not.\n',
    table(
      ['Endpoint', 'Statuses seen'],
      own.map(({ operation, exchanges }) => [code(operation), statusesOf(exchanges)]),
    ),
  ];
  return parts.join('\n');
}

function sectionOf({ endpoint, rows }: EndpointCoverage): string[] {
  const refused = endpoint.refused ?? [];
  const unfilled = endpoint.response ? unfilledIn(endpoint.response) : [];
  const note = ({ kind, name }: CoverageRow) => {
    if (kind === 'response') return unfilled.includes(name) ? ' (always null)' : '';
    return kind !== 'status' && refused.includes(name) ? ' (refused)' : '';
  };
  return [
    `## ${endpoint.operation}\n`,
    `${endpoint.level}. A success is ${endpoint.status}.\n`,
    table(
      ['', 'Name', ...CLIENT_NAMES],
      rows.map((row) => [KINDS[row.kind], `${code(row.name)}${note(row)}`, ...marks(row.clients)]),
    ),
  ];
}

function marks(clients: readonly ClientName[]): string[] {
  return CLIENT_NAMES.map((name) => (clients.includes(name) ? 'x' : ''));
}

function statusesOf(exchanges: readonly Exchange[]): string {
  return [...new Set(exchanges.map(({ status }) => status))].sort((one, other) => one - other).join(', ');
}

/** Pads the cells, as the formatter of the project wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) => Math.max(3, name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

const code = (text: string): string => `\`${text}\``;

/** As the usual renderers name headings: lower case, no punctuation, blanks as hyphens. */
function linkTo(heading: string): string {
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
  return `[${code(heading)}](#${anchor})`;
}
