import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT_ID } from '../classification/scope.js';
import { TestServer } from '../testing/test-server.js';

describe('projects', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const get = (path: string, query = {}) => server.call('GET', path, { query });

  it('are a list in version 1', async () => {
    const { status, json } = await get('/api/v1/projects', { organization_id: 'any', project_name: '' });
    expect(status).toBe(200);
    expect(json).toMatchObject([{ id: DEFAULT_PROJECT_ID, name: 'Default', is_default: true }]);
    expect((await get('/api/v1/projects', { project_name: 'Default' })).json).toEqual(json);
    expect((await get('/api/v1/projects', { project_name: 'Other' })).json).toEqual([]);
  });

  it('are a page in version 2', async () => {
    const { json } = await get('/api/v2/projects', { page_size: '1' });
    expect(json).toMatchObject({ items: [{ id: DEFAULT_PROJECT_ID }], next_page_token: null, total_size: 1 });
    expect((await get('/api/v2/projects', { name: 'Other' })).json.items).toEqual([]);
    expect((await get('/api/v2/projects', { page_token: 'x' })).status).toBe(400);
    expect((await get('/api/v2/projects', { page_size: '0' })).status).toBe(422);
  });

  it.each(['v1', 'v2'])('are found by id in %s', async (version) => {
    const { status, json } = await get(`/api/${version}/projects/${DEFAULT_PROJECT_ID}`);
    expect([status, json.name]).toEqual([200, 'Default']);
    const unknown = await get(`/api/${version}/projects/prj-unknown`);
    expect([unknown.status, unknown.json]).toEqual([404, { detail: 'Project not found' }]);
  });
});
