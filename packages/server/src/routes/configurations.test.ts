import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/entries.js';
import { CONFIGURATION } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const PATH = '/api/v1/beta/configurations';
const PARAMETERS = { product_type: 'classify_v2', ...CONFIGURATION };

describe('/api/v1/beta/configurations', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const save = (body: unknown, query = {}) => server.call('POST', PATH, { body, query });
  const get = (id: string, query = {}) => server.call('GET', `${PATH}/${id}`, { query });
  const update = (id: string, body: unknown, query = {}) => server.call('PUT', `${PATH}/${id}`, { body, query });

  describe('POST', () => {
    it('saves with defaults filled in', async () => {
      const { status, json } = await save({ name: 'intake', parameters: PARAMETERS, new_key: 1 });
      expect(status).toBe(201);
      expect(json).toMatchObject({
        id: expect.stringMatching(/^cfg-[\da-f-]{36}$/),
        name: 'intake',
        product_type: 'classify_v2',
        parameters: { ...PARAMETERS, mode: 'FAST', parsing_configuration: null },
      });
      expect((await get(json.id)).json).toEqual(json);
    });

    it('updates the one of the same project, product type and name', async () => {
      const first = await save({ name: 'upsert', parameters: PARAMETERS });
      const rules = [{ type: 'other', description: 'something else entirely' }];
      const second = await save({ name: 'upsert', parameters: { ...PARAMETERS, rules } });
      expect([second.status, second.json.id, second.json.parameters.rules]).toEqual([201, first.json.id, rules]);
      expect(second.json.created_at).toBe(first.json.created_at);
      expect(second.json.version).not.toBe(first.json.version);
      const elsewhere = await save({ name: 'upsert', parameters: PARAMETERS }, { project_id: 'prj-other' });
      expect(elsewhere.json.id).not.toBe(first.json.id);
      const otherProduct = await save({ name: 'upsert', parameters: { product_type: 'split_v1' } });
      expect(otherProduct.json.id).not.toBe(first.json.id);
    });

    it.each(['extract_v2', 'parse_v2', 'split_v1', 'spreadsheet_v1', 'unknown'])(
      'keeps %s as it is given',
      async (product_type) => {
        const parameters = { product_type, anything: [1, { nested: null }], rules: 'not checked' };
        const { status, json } = await save({ name: 'other', parameters });
        expect([status, json.parameters]).toEqual([201, parameters]);
      },
    );

    it.each([
      [{}, ['body.name missing', 'body.parameters missing']],
      [{ name: '', parameters: PARAMETERS }, ['body.name string_too_short']],
      [{ name: 'x'.repeat(256), parameters: PARAMETERS }, ['body.name string_too_long']],
      [{ name: 5, parameters: PARAMETERS }, ['body.name string_type']],
      [{ name: 'x', parameters: null }, ['body.parameters model_attributes_type']],
      [{ name: 'x', parameters: { rules: [] } }, ['body.parameters union_tag_not_found']],
      [{ name: 'x', parameters: { product_type: 'classify_v9' } }, ['body.parameters union_tag_invalid']],
      [{ name: 'x', parameters: { product_type: 'classify_v2' } }, ['body.parameters.classify_v2.rules missing']],
      [
        { name: 'x', parameters: { ...PARAMETERS, rules: [{ type: '', description: 'short' }], mode: 'SLOW' } },
        [
          'body.parameters.classify_v2.rules.0.type string_too_short',
          'body.parameters.classify_v2.rules.0.description string_too_short',
          'body.parameters.classify_v2.mode literal_error',
        ],
      ],
    ])('refuses %j', async (body, problems) => {
      const answer = await save(body);
      expect(answer.status).toBe(422);
      expect(problemsOf(answer)).toEqual(problems);
    });
  });

  describe('GET one', () => {
    it('finds it in its project, and without a project, and in no other', async () => {
      const { json } = await save({ name: 'scoped', parameters: PARAMETERS }, { project_id: 'prj-a' });
      expect((await get(json.id)).status).toBe(200);
      expect((await get(json.id, { project_id: 'prj-a' })).status).toBe(200);
      const answer = await get(json.id, { project_id: 'prj-b' });
      expect([answer.status, answer.json]).toEqual([404, { detail: 'Configuration not found' }]);
    });
  });

  describe('GET all', () => {
    const project_id = 'prj-list';
    const names = async (query: Record<string, string | string[]>) => {
      const { json } = await server.call('GET', PATH, { query: { project_id, ...query } });
      return json.items.map(({ name }: { name: string }) => name);
    };
    beforeAll(async () => {
      for (const name of ['a', 'b', 'c']) await save({ name, parameters: PARAMETERS }, { project_id });
      await save({ name: 'd', parameters: { product_type: 'parse_v2' } }, { project_id });
    });

    it('lists newest first and filters', async () => {
      expect(await names({})).toEqual(['d', 'c', 'b', 'a']);
      expect(await names({ product_type: 'parse_v2' })).toEqual(['d']);
      expect(await names({ product_type: ['parse_v2', 'classify_v2'] })).toHaveLength(4);
      expect(await names({ name: 'b' })).toEqual(['b']);
      expect(await names({ latest_only: 'true' })).toHaveLength(4);
      expect(await names({ project_id: 'prj-none' })).toEqual([]);
    });

    it('pages', async () => {
      const query = { project_id, page_size: '3' };
      const { json } = await server.call('GET', PATH, { query });
      expect([json.items.length, json.total_size]).toEqual([3, 4]);
      const next = await server.call('GET', PATH, { query: { ...query, page_token: json.next_page_token } });
      expect(next.json).toMatchObject({ items: [{ name: 'a' }], next_page_token: null });
    });

    it.each([
      [{ product_type: 'classify_v9' }, ['query.product_type.0 literal_error']],
      [{ latest_only: 'perhaps' }, ['query.latest_only bool_parsing']],
      [{ page_size: '0' }, ['query.page_size greater_than_equal']],
    ])('refuses %j', async (query, problems) => {
      expect(problemsOf(await server.call('GET', PATH, { query }))).toEqual(problems);
    });

    it('refuses a token that is none', async () => {
      expect((await server.call('GET', PATH, { query: { page_token: 'x' } })).status).toBe(400);
    });
  });

  describe('PUT', () => {
    it('changes what is given and leaves the rest', async () => {
      const { json: saved } = await save({ name: 'before', parameters: PARAMETERS });
      const renamed = await update(saved.id, { name: 'after', parameters: null });
      expect([renamed.status, renamed.json.name]).toEqual([200, 'after']);
      expect(renamed.json.parameters).toEqual(saved.parameters);
      expect(renamed.json.version).not.toBe(saved.version);
      const rules = [{ type: 'other', description: 'something else entirely' }];
      const { json } = await update(saved.id, { parameters: { product_type: 'classify_v2', rules } });
      expect([json.name, json.parameters.rules]).toEqual(['after', rules]);
    });

    it('takes an empty change', async () => {
      const { json: saved } = await save({ name: 'unchanged', parameters: PARAMETERS });
      const { status, json } = await update(saved.id, {});
      expect([status, json]).toEqual([200, saved]);
    });

    it('refuses another product type', async () => {
      const { json: saved } = await save({ name: 'fixed type', parameters: PARAMETERS });
      const { status, json, headers } = await update(saved.id, { parameters: { product_type: 'parse_v2' } });
      expect(status).toBe(400);
      expect(json.detail).toMatch(/cannot change from classify_v2 to parse_v2/);
      expect(headers.get('docket-error-code')).toBe('request.invalid_input');
    });

    it('refuses a name that is taken', async () => {
      await save({ name: 'taken', parameters: PARAMETERS });
      const { json: saved } = await save({ name: 'free', parameters: PARAMETERS });
      const { status, json, headers } = await update(saved.id, { name: 'taken' });
      expect(status).toBe(409);
      expect(json.detail).toBe('Another configuration of product type classify_v2 has the name "taken"');
      expect(headers.get('docket-error-code')).toBe('state.name_taken');
      expect(headers.get('x-should-retry')).toBe('false');
    });

    it('knows no other project, and no unknown id', async () => {
      const { json: saved } = await save({ name: 'mine', parameters: PARAMETERS });
      expect((await update(saved.id, {}, { project_id: 'prj-other' })).status).toBe(404);
      expect((await update('cfg-unknown', { name: 'x' })).json).toEqual({ detail: 'Configuration not found' });
    });

    it('checks what is given', async () => {
      const answer = await update('cfg-any', { name: '', parameters: { product_type: 'x' } });
      expect(problemsOf(answer)).toEqual(['body.name string_too_short', 'body.parameters union_tag_invalid']);
    });
  });

  describe('DELETE', () => {
    it('deletes, without a body', async () => {
      const { json: saved } = await save({ name: 'gone', parameters: PARAMETERS });
      expect((await server.call('DELETE', `${PATH}/${saved.id}`, { query: { project_id: 'prj-x' } })).status).toBe(404);
      const { status, json } = await server.call('DELETE', `${PATH}/${saved.id}`);
      expect([status, json]).toEqual([204, undefined]);
      expect((await get(saved.id)).status).toBe(404);
      expect((await server.call('DELETE', `${PATH}/${saved.id}`)).json).toEqual({ detail: 'Configuration not found' });
    });
  });
});
