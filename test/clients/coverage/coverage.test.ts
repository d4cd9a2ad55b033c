import { expect, test } from 'vitest';
import type { Endpoint } from '../contract/endpoint.js';
import { anything, object, text, unfilled } from '../contract/shape.js';
import { coverageOf, gapsIn } from './coverage.js';
import type { Exchange } from './exchange.js';
import { reportCoverage } from './report.js';

const endpoint: Endpoint = {
  operation: 'POST /things/{id}',
  level: 'MUST',
  status: 200,
  query: ['scope'],
  request: object({ name: anything, url: anything }),
  refused: ['url'],
  response: object({ id: text, always: unfilled }),
};

const exchange = (more: Partial<Exchange>): Exchange => ({
  client: '2.4.1',
  method: 'POST',
  path: '/things/1',
  endpoint,
  queryKeys: [],
  request: undefined,
  status: 200,
  response: { id: 'a', always: null },
  ...more,
});

const whole = [
  exchange({ queryKeys: ['scope'], request: { name: 'x' } }),
  exchange({ client: 'fetch', request: { url: 'x' }, status: 400, response: { detail: 'no' } }),
];

test('what was sent and accepted, or answered, is exercised', () => {
  const { clients, rows } = coverageOf(endpoint, whole);
  expect(clients).toEqual(['2.4.1', 'fetch']);
  expect(rows.map(({ kind, name, clients }) => [kind, name, clients.join()])).toEqual([
    ['query', 'scope', '2.4.1'],
    ['request', 'name', '2.4.1'],
    ['request', 'url', 'fetch'],
    ['response', 'id', '2.4.1'],
    ['response', 'always', '2.4.1'],
    ['status', '200', '2.4.1'],
    ['status', '400', 'fetch'],
  ]);
  expect(gapsIn([coverageOf(endpoint, whole)])).toEqual([]);
});

test('what was refused, or sent to another endpoint, is not', () => {
  const refused = exchange({ queryKeys: ['scope'], request: { name: 'x' }, status: 422, response: { detail: [] } });
  const coverage = coverageOf(endpoint, [refused, exchange({ endpoint: { ...endpoint } })]);
  expect(gapsIn([coverage])).toEqual(
    ['query scope', 'request name', 'request url', 'response id', 'response always'].map(
      (gap) => `${endpoint.operation}: ${gap}`,
    ),
  );
  expect(gapsIn([coverageOf(endpoint, [])])).toEqual([endpoint.operation]);
});

test('the report is the same in whatever order things happened', () => {
  const report = (exchanges: readonly Exchange[]) =>
    reportCoverage({
      endpoints: [coverageOf(endpoint, exchanges)],
      later: [],
      own: [{ operation: 'GET /own', exchanges }],
    });
  expect(report([...whole].reverse())).toBe(report(whole));
  expect(report(whole).replaceAll(/ +\|/g, ' |')).toContain(
    '| [`POST /things/{id}`](#post-thingsid) | MUST | | x | | x |\n',
  );
  expect(report(whole).replaceAll(/ +\|/g, ' |')).toContain('| Request | `url` (refused) | | | | x |\n');
  expect(report(whole).replaceAll(/ +\|/g, ' |')).toContain('| Response | `always` (always null) | | x | | |\n');
  expect(report(whole).replaceAll(/ +\|/g, ' |')).toContain('| `GET /own` | 200, 400 |\n');
});
