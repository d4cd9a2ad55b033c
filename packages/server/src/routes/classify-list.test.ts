import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/entries.js';
import { CONFIGURATION, completeJob, createJob, failJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

type Query = Record<string, string | readonly string[]>;

describe('GET /api/v2/classify', () => {
  let server: TestServer;
  /** Oldest first: completed, failed, cancelled, pending by preset, pending. */
  const ids: string[] = [];
  const moments: string[] = [];
  beforeAll(async () => {
    server = await TestServer.start();
    const file_input = await server.upload();
    for (const more of [{}, {}, {}, { configuration_id: 'cfg-preset' }, {}]) {
      ids.push(await createJob(server, { file_input, ...more }));
    }
    await completeJob(server);
    await failJob(server);
    await server.call('POST', `/api/v2/classify/${ids[2]}/cancel`);
    for (const id of ids) moments.push((await server.call('GET', `/api/v2/classify/${id}`)).json.created_at);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const list = (query: Query = {}) => server.call('GET', '/api/v2/classify', { query });
  /** Positions of the listed jobs in {@link ids}. */
  const positions = async (query: Query) =>
    (await list(query)).json.items.map(({ id }: { id: string }) => ids.indexOf(id));

  it('lists all, newest first, with their number', async () => {
    const { status, json } = await list();
    expect(status).toBe(200);
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
    expect(json).toMatchObject({ next_page_token: null, total_size: 5 });
  });

  it.each([
    ['COMPLETED', [0]],
    ['FAILED', [1]],
    ['CANCELLED', [2]],
    ['PENDING', [4, 3]],
    ['RUNNING', []],
    ['', [4, 3, 2, 1, 0]],
  ])('filters by status %j', async (status, expected) => {
    expect(await positions({ status })).toEqual(expected);
  });

  it('filters by configuration', async () => {
    expect(await positions({ configuration_id: 'cfg-preset' })).toEqual([3]);
    expect(await positions({ configuration_id: 'cfg-pre' })).toEqual([]);
  });

  it('filters by ids in every spelling of a list', async () => {
    const [first = '', , third = ''] = ids;
    expect(await positions({ job_ids: [first, third, 'clj-unknown'] })).toEqual([2, 0]);
    expect(await positions({ 'job_ids[]': [first, third] })).toEqual([2, 0]);
    expect(await positions({ job_ids: `${first},${third}` })).toEqual([2, 0]);
    expect(await positions({ job_ids: '' })).toEqual([4, 3, 2, 1, 0]);
  });

  it('filters by time, bounds included', async () => {
    const [, second = '', third = ''] = moments;
    expect(await positions({ created_at_on_or_after: third })).toEqual([4, 3, 2]);
    expect(await positions({ created_at_on_or_before: second })).toEqual([1, 0]);
    expect(await positions({ created_at_on_or_after: second, created_at_on_or_before: third })).toEqual([2, 1]);
  });

  it.each([
    '2020-01-01',
    '2020-01-01T00:00:00Z',
    '2020-01-01T00:00:00.123+02:00',
    '2020-01-01T00:00:00.123456 00:00',
    '2020-01-01T00:00:00',
  ])('understands the moment %j', async (created_at_on_or_after) => {
    expect(await positions({ created_at_on_or_after })).toHaveLength(5);
  });

  it('joins filters by AND', async () => {
    const [first = '', second = ''] = ids;
    expect(await positions({ job_ids: [first, second], status: 'FAILED' })).toEqual([1]);
  });

  it('keeps projects apart', async () => {
    expect((await list({ project_id: 'prj-empty' })).json).toEqual({ items: [], next_page_token: null, total_size: 0 });
    expect(await positions({ project_id: '', organization_id: 'any' })).toHaveLength(5);
  });

  it('pages through, and jobs that come meanwhile neither shift nor repeat others', async () => {
    await using other = await TestServer.start();
    const file_input = await other.upload();
    const created: string[] = [];
    for (let count = 0; count < 5; count += 1) created.push(await createJob(other, { file_input }));
    const seen: string[] = [];
    const query: Record<string, string> = { page_size: '2' };
    for (let pages = 0; pages < 3; pages += 1) {
      const { json } = await other.call('GET', '/api/v2/classify', { query });
      expect(json.items.length).toBeGreaterThan(0);
      seen.push(...json.items.map(({ id }: { id: string }) => id));
      query['page_token'] = json.next_page_token ?? '';
      await createJob(other, { file_input });
    }
    expect(seen).toEqual(created.toReversed());
    expect(query['page_token']).toBe('');
  });

  it('lets the filters of a token win over those of the request', async () => {
    const { json } = await list({ status: 'PENDING', page_size: '1' });
    const next = await positions({ page_token: json.next_page_token, status: 'FAILED', project_id: 'prj-other' });
    expect(next).toEqual([3]);
  });

  it.each(['nonsense', 'AAAA', '%00', 'eyJmaWx0ZXJzIjp7fX0'])('refuses the token %j', async (page_token) => {
    const { status, json, headers } = await list({ page_token });
    expect([status, json]).toEqual([400, { detail: 'Invalid page token' }]);
    expect(headers.get('docket-error-code')).toBe('request.invalid_page_token');
  });

  it('refuses the token of another list', async () => {
    await server.upload();
    const files = await server.call('GET', '/api/v1/beta/files', { query: { page_size: '1' } });
    expect((await list({ page_token: files.json.next_page_token })).status).toBe(400);
  });

  it.each([
    [{ page_size: '0' }, ['query.page_size greater_than_equal']],
    [{ page_size: '101' }, ['query.page_size less_than_equal']],
    [{ page_size: 'ten' }, ['query.page_size int_parsing']],
    [{ status: 'DONE' }, ['query.status literal_error']],
    [{ created_at_on_or_after: 'yesterday' }, ['query.created_at_on_or_after datetime_from_date_parsing']],
    [{ created_at_on_or_before: '2026-13-01' }, ['query.created_at_on_or_before datetime_from_date_parsing']],
    [{ status: 'x', page_size: 'x' }, ['query.page_size int_parsing', 'query.status literal_error']],
  ])('refuses %j', async (query, problems) => {
    const answer = await list(query);
    expect(answer.status).toBe(422);
    expect(problemsOf(answer)).toEqual(problems);
  });

  it('takes page sizes from 1 to 100, and 50 without one', async () => {
    await using other = await TestServer.start();
    const file_input = await other.upload();
    for (let count = 0; count < 51; count += 1) {
      await other.call('POST', '/api/v2/classify', { body: { file_input, configuration: CONFIGURATION } });
    }
    const sizeOf = async (query: Query) => (await other.call('GET', '/api/v2/classify', { query })).json.items.length;
    expect([await sizeOf({}), await sizeOf({ page_size: '1' }), await sizeOf({ page_size: '100' })]).toEqual([
      50, 1, 51,
    ]);
  });
});
