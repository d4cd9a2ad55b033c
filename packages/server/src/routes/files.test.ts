import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT_ID } from '../classification/scope.js';
import { problemsOf } from '../testing/entries.js';
import { completeJob, createJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const PATH = '/api/v1/beta/files';
type Query = Record<string, string | readonly string[]>;

describe('/api/v1/beta/files', () => {
  let server: TestServer;
  /** Oldest first: b.txt, a.txt, c.txt. */
  const ids: string[] = [];
  beforeAll(async () => {
    server = await TestServer.start();
    for (const name of ['b.txt', 'a.txt', 'c.txt']) ids.push(await server.upload(name, `content of ${name}`));
    const form = new FormData();
    form.append('file', new Blob(['x']), 'crm.txt');
    form.append('purpose', 'classify');
    form.append('external_file_id', 'crm-17');
    const query = { project_id: 'prj-crm' };
    ids.push((await server.call('POST', PATH, { form, query })).json.id);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const list = (query: Query = {}) => server.call('GET', PATH, { query });
  const namesOf = (items: { name: string }[]) => items.map(({ name }) => name);
  const names = async (query: Query) => namesOf((await list(query)).json.items);

  describe('GET all', () => {
    it('lists the files of a project, newest first', async () => {
      const { status, json } = await list();
      expect(status).toBe(200);
      expect(namesOf(json.items)).toEqual(['c.txt', 'a.txt', 'b.txt']);
      expect(json).toMatchObject({ next_page_token: null, total_size: 3 });
      expect(json.items[0]).toMatchObject({ project_id: DEFAULT_PROJECT_ID, download_url: null });
    });

    it('filters', async () => {
      const [first = '', second = ''] = ids;
      expect(await names({ file_name: 'a.txt' })).toEqual(['a.txt']);
      expect(await names({ file_name: 'a' })).toEqual([]);
      expect(await names({ file_ids: [first, second.slice('dfl-'.length), 'dfl-unknown'] })).toEqual([
        'a.txt',
        'b.txt',
      ]);
      expect(await names({ external_file_id: 'crm-17', project_id: 'prj-crm' })).toEqual(['crm.txt']);
      expect(await names({ external_file_id: 'crm-17' })).toEqual([]);
    });

    it.each([
      ['name', ['a.txt', 'b.txt', 'c.txt']],
      ['name desc', ['c.txt', 'b.txt', 'a.txt']],
      ['created_at', ['c.txt', 'a.txt', 'b.txt']],
      ['created_at asc', ['b.txt', 'a.txt', 'c.txt']],
      ['created_at desc, name', ['c.txt', 'a.txt', 'b.txt']],
    ])('orders by %s', async (order_by, expected) => {
      expect(await names({ order_by })).toEqual(expected);
    });

    it('orders by id', async () => {
      const { json } = await list({ order_by: 'id' });
      expect(json.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 3).toSorted());
    });

    it('pages in every order', async () => {
      for (const order_by of ['name', 'id', 'created_at']) {
        const seen: string[] = [];
        let page_token = '';
        do {
          const { json } = await list({ order_by, page_size: '1', page_token });
          seen.push(...namesOf(json.items));
          page_token = json.next_page_token ?? '';
        } while (page_token);
        expect(seen).toEqual(await names({ order_by }));
      }
    });

    it('adds download URLs', async () => {
      const { json } = await list({ expand: ['download_url', 'other'] });
      expect(await (await fetch(json.items[0].download_url.url)).text()).toBe('content of c.txt');
    });

    it.each([
      [{ page_size: '0' }, ['query.page_size greater_than_equal']],
      [{ page_size: '1001' }, ['query.page_size less_than_equal']],
      [{ order_by: 'size' }, ['query.order_by value_error']],
    ])('refuses %j', async (query, problems) => {
      const answer = await list(query);
      expect(answer.status).toBe(422);
      expect(problemsOf(answer)).toEqual(problems);
    });

    it('refuses a token that is none', async () => {
      expect((await list({ page_token: 'x' })).json).toEqual({ detail: 'Invalid page token' });
    });
  });

  describe('GET one', () => {
    const get = (id: string, query: Query = {}) => server.call('GET', `${PATH}/${id}`, { query });

    it('finds a file by its id, also without prefix, and adds its download URL', async () => {
      const [id = ''] = ids;
      expect((await get(id)).json).toMatchObject({ id, name: 'b.txt', download_url: null });
      const { json } = await get(id.slice('dfl-'.length), { expand: 'download_url' });
      expect(json.download_url.url).toMatch(new RegExp(`^${server.url}/api/local/files/${id}/download\\?`));
    });

    it('keeps projects apart', async () => {
      const [id = ''] = ids;
      const { status, json } = await get(id, { project_id: 'prj-crm' });
      expect([status, json]).toEqual([404, { detail: 'File not found' }]);
      expect((await get('dfl-unknown')).status).toBe(404);
    });
  });

  describe('POST query', () => {
    const query = (body: unknown, scope: Query = {}) => server.call('POST', `${PATH}/query`, { body, query: scope });

    it.each([
      [{}, ['c.txt', 'a.txt', 'b.txt']],
      [{ filter: null, order_by: null, page_size: null, page_token: null }, ['c.txt', 'a.txt', 'b.txt']],
      [{ filter: { file_name: 'a.txt', only_manually_uploaded: true, file_ids: [] } }, ['a.txt']],
      [{ filter: { project_id: 'prj-crm', external_file_id: 'crm-17' } }, ['crm.txt']],
      [{ filter: { data_source_id: 'any' } }, []],
      [{ order_by: 'name', page_size: 100_000 }, ['a.txt', 'b.txt', 'c.txt']],
    ])('finds by %j', async (body, expected) => {
      expect(namesOf((await query(body)).json.items)).toEqual(expected);
    });

    it('finds by ids and pages', async () => {
      const filter = { file_ids: ids.slice(0, 2) };
      const { json } = await query({ filter, page_size: 1 });
      expect([namesOf(json.items), json.total_size]).toEqual([['a.txt'], 2]);
      const next = await query({ page_token: json.next_page_token });
      expect(namesOf(next.json.items)).toEqual(['b.txt']);
      expect(next.json.next_page_token).toBeNull();
    });

    it('takes the project from the URL', async () => {
      expect(namesOf((await query({}, { project_id: 'prj-crm' })).json.items)).toEqual(['crm.txt']);
    });

    it('checks its fields', async () => {
      const answer = await query({ filter: { file_ids: 'x' }, order_by: 'size', page_size: 0 });
      expect(problemsOf(answer)).toEqual([
        'body.filter.file_ids list_type',
        'body.order_by value_error',
        'body.page_size greater_than_equal',
      ]);
      expect((await query({ page_token: 'x' })).status).toBe(400);
    });
  });

  describe('DELETE', () => {
    const quote = { reasoning: 'Page 1 says "secret".', type: 'invoice', confidence: 0.9 };

    it('deletes, without a body', async () => {
      const id = await server.upload('gone.txt');
      expect((await server.call('DELETE', `${PATH}/${id}`, { query: { project_id: 'prj-crm' } })).status).toBe(404);
      const { status, json } = await server.call('DELETE', `${PATH}/${id.slice('dfl-'.length)}`);
      expect([status, json]).toEqual([204, undefined]);
      expect((await server.call('GET', `${PATH}/${id}`)).status).toBe(404);
      expect((await server.call('DELETE', `${PATH}/${id}`)).json).toEqual({ detail: 'File not found' });
    });

    it.each([true, false])('with purgeQuotesOnDelete %s', async (purgeQuotesOnDelete) => {
      await using other = await TestServer.start({ purgeQuotesOnDelete });
      const files = [await other.upload(), await other.upload()];
      const id = await createJob(other, { file_input: files[0] });
      await completeJob(other, { result: quote, reasoningWithoutQuotes: 'Page 1 fits.' });
      const reasoning = async () => (await other.call('GET', `/api/v2/classify/${id}`)).json.result.reasoning;
      await other.call('DELETE', `${PATH}/${files[0]}`);
      expect(await reasoning()).toBe(quote.reasoning);
      await other.call('DELETE', `${PATH}/${files[1]}`);
      expect(await reasoning()).toBe(purgeQuotesOnDelete ? 'Page 1 fits.' : quote.reasoning);
    });
  });
});
