import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DocketServer, startServer } from '../support/docket-server.js';
import { isLong } from '../support/project.js';
import { seed } from '../support/random.js';
import { ApiClient } from './support/api-client.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { type HostileRequest, requestsOf } from './support/hostile-requests.js';
import type { KnownIds } from './support/hostile-values.js';
import { type ApiOperations, type Operation, readOperations } from './support/openapi.js';
import { type RawAnswer, sendRaw } from './support/raw-request.js';

/** Requests to each operation. */
const RUNS = isLong ? 1000 : 40;

/** Statuses that any request may get: wherever it leads, and whatever else is wrong with it. */
const ALWAYS = new Set([404, 405]);

/** Longest answer to a request that is refused, in characters: little of what came is repeated. */
const LONGEST_REFUSAL = 200_000;

describe(`requests that nearly fit (seed ${seed})`, () => {
  let server: DocketServer;
  let api: ApiOperations;

  beforeAll(async () => {
    server = await startServer({ args: ['--concurrency', '1'] });
    api = await readOperations(server.url);
  }, 90_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  test(`${RUNS} to each operation are answered as the description says, and nothing fails`, {
    timeout: 1_800_000,
  }, async () => {
    expect(api.operations.length).toBeGreaterThan(15);
    const tally: Record<number, number> = {};
    for (const operation of api.operations) {
      const things = await makeThings(server.url);
      const ids = operation.path.startsWith('/api/v2/parse')
        ? { ...things, job_id: things['parse_job_id'] ?? '' }
        : things;
      const property = fc.asyncProperty(requestsOf(operation, api, ids), async (request) => {
        const answer = await sendRaw(server.url, request, request.body);
        tally[answer.status] = (tally[answer.status] ?? 0) + 1;
        expectContract(operation, request, answer);
      });
      await fc.assert(property, { seed: seed | 0, numRuns: RUNS });
    }
    console.log(
      `fuzz: seed ${seed}, ${RUNS} requests to each of ${api.operations.length} operations, ${JSON.stringify(tally)}`,
    );
    // Requests that all were refused would test nothing but the first check.
    expect(tally[200]).toBeGreaterThan(api.operations.length);
    expect(tally[422]).toBeGreaterThan(api.operations.length);
  });

  test('the server is alive, has nothing to complain about and still works', async () => {
    const client = new ApiClient(server.url);
    await client.allEnded();
    expect((await client.send('GET', '/health/ready')).status).toBe(200);
    expect(server.log()).not.toMatch(/"level":(50|60|"error"|"fatal")|unexpected|unhandled|Error:/i);
    const { id: file_input } = await client.upload(tinyInvoice());
    expect(await client.classify({ file_input, configuration: CONFIGURATION })).toMatchObject({
      status: 'COMPLETED',
      result: { type: 'invoice' },
    });
    expect(await server.stop()).toBe(0);
  });
});

/** One of each thing that has an id, by the names under which requests ask for them. */
async function makeThings(url: string): Promise<KnownIds> {
  const client = new ApiClient(url);
  const { id: file } = await client.upload(tinyInvoice());
  const { id: job, parse_job_id: parse } = await client.classify({ file_input: file, configuration: CONFIGURATION });
  const parameters = { product_type: 'classify_v2', ...CONFIGURATION };
  const json = { name: `fuzz ${job}`, parameters };
  const saved = await client.request<{ id: string }>('POST', '/api/v1/beta/configurations', { json });
  return {
    file_id: file,
    file_input: file,
    job_id: job,
    parse_job_id: parse ?? '',
    configuration_id: saved.id,
    config_id: saved.id,
    page: '1',
    name: 'contract.pdf',
  };
}

function expectContract(operation: Operation, request: HostileRequest, answer: RawAnswer): void {
  const about = `${request.method} ${request.path.slice(0, 300)}: ${answer.status} ${answer.body.slice(0, 300)}`;
  expect(answer.status, about).toBeLessThan(500);
  expect(answer.headers['x-request-id'], about).toMatch(/^[\w.:-]{1,128}$/);
  if (answer.status < 400 || request.method === 'HEAD') return;
  expect(answer.headers['content-type'], about).toMatch(/^application\/json/);
  expect(answer.headers['docket-error-code'], about).toMatch(/^(request|auth|resource|state|document|capacity)\.\w+$/);
  expect(answer.body.length, about).toBeLessThan(LONGEST_REFUSAL);
  const isOwn = request.method === operation.method;
  if (isOwn && !ALWAYS.has(answer.status)) expect(operation.statuses, about).toContain(answer.status);
  const body = JSON.parse(answer.body);
  expect(Object.keys(body), about).toEqual(['detail']);
  if (answer.status === 422) expectEntries(body.detail, about);
  else expect(body.detail, about).toEqual(expect.stringMatching(/\S/));
}

function expectEntries(entries: unknown, about: string): void {
  expect(Array.isArray(entries) && entries.length > 0, about).toBe(true);
  for (const entry of entries as Record<string, unknown>[]) {
    const { type, loc, msg, ctx, ...rest } = entry;
    expect(Object.keys(rest), about).toEqual(['input']);
    expect([typeof type, typeof msg, ['object', 'undefined'].includes(typeof ctx)], about).toEqual([
      'string',
      'string',
      true,
    ]);
    expect(loc, about).toEqual(expect.arrayContaining([expect.stringMatching(/^(body|query|path)$/)]));
  }
}
