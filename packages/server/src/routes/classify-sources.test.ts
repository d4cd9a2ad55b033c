import type { ParseJob } from '@docket/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIGURATION } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const LEASE = { owner: 'test', leaseMs: 60_000 };
const OUTCOME = { readerIdentity: 'text@1', pages: [1], pageCount: 1 };

describe('POST /api/v2/classify by saved configuration', () => {
  let server: TestServer;
  let fileId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    fileId = await server.upload();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function save(parameters: Record<string, unknown>, query: Record<string, string> = {}): Promise<string> {
    const body = { name: 'preset', parameters };
    return (await server.call('POST', '/api/v1/beta/configurations', { body, query })).json.id;
  }
  const create = (body: unknown) => server.call('POST', '/api/v2/classify', { body });

  it('copies the parameters, so that later changes do not reach the job', async () => {
    const id = await save({ product_type: 'classify_v2', ...CONFIGURATION, parsing_configuration: { lang: 'de' } });
    const { status, json } = await create({ file_input: fileId, configuration_id: id });
    expect([status, json.configuration_id]).toEqual([200, id]);
    const configuration = {
      ...CONFIGURATION,
      mode: 'FAST',
      parsing_configuration: { lang: 'de', target_pages: null, max_pages: null },
    };
    expect(json.configuration).toEqual(configuration);
    await save({ product_type: 'classify_v2', rules: [{ type: 'other', description: 'something else entirely' }] });
    const later = await server.call('GET', `/api/v2/classify/${json.id}`);
    expect(later.json.configuration).toEqual(configuration);
  });

  it('lets the inline configuration win and still records the id, even an unknown one', async () => {
    const rules = [{ type: 'inline', description: 'the rule of the request itself' }];
    const { json } = await create({ file_input: fileId, configuration: { rules }, configuration_id: 'cfg-any' });
    expect([json.configuration.rules, json.configuration_id]).toEqual([rules, 'cfg-any']);
  });

  it('knows no configuration of another project', async () => {
    const id = await save({ product_type: 'classify_v2', ...CONFIGURATION }, { project_id: 'prj-other' });
    const answer = await create({ file_input: fileId, configuration_id: id });
    expect([answer.status, answer.json]).toEqual([404, { detail: 'Configuration not found' }]);
  });

  it('refuses one of another product type', async () => {
    const answer = await create({ file_input: fileId, configuration_id: await save({ product_type: 'extract_v2' }) });
    expect(answer.status).toBe(400);
    expect(answer.json.detail).toMatch(/is of product type extract_v2; classification needs classify_v2$/);
  });
});

describe('POST /api/v2/classify by parse job', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function parseFile(): Promise<{ id: string; fileId: string }> {
    const fileId = await server.upload('letter.txt', `a letter ${Math.random()}`);
    const body = { tier: 'fast', version: 'latest', file_id: fileId };
    const { json } = await server.call('POST', '/api/v2/parse', { body });
    return { id: json.id, fileId };
  }
  async function claimParse(): Promise<ParseJob> {
    const parse = await server.store.parses.claim(LEASE);
    if (!parse) throw new Error('no parse job is waiting');
    return parse;
  }
  const create = (body: Record<string, unknown>) =>
    server.call('POST', '/api/v2/classify', { body: { configuration: CONFIGURATION, ...body } });

  it('accepts one that has not ended, by either spelling', async () => {
    const { id } = await parseFile();
    for (const input of [{ file_input: id }, { parse_job_id: id }, { file_id: id }]) {
      const { status, json } = await create(input);
      expect([status, json.status]).toEqual([200, 'PENDING']);
      expect([json.document_input_type, json.file_input, json.parse_job_id]).toEqual(['parse_job_id', id, id]);
    }
    await server.store.parses.complete({ id: (await claimParse()).id, owner: 'test' }, OUTCOME);
    expect((await create({ file_input: id })).status).toBe(200);
  });

  it('refuses one that failed', async () => {
    const { id } = await parseFile();
    await server.store.parses.fail({ id: (await claimParse()).id, owner: 'test' }, 'document.corrupt: no');
    const answer = await create({ file_input: id });
    expect(answer.status).toBe(400);
    expect(answer.json.detail).toBe(`Parse job ${id} is FAILED: there is no text to classify`);
  });

  it('refuses one whose document was deleted', async () => {
    const { id, fileId } = await parseFile();
    await server.store.parses.complete({ id: (await claimParse()).id, owner: 'test' }, OUTCOME);
    await server.call('DELETE', `/api/v1/beta/files/${fileId}`);
    const answer = await create({ file_input: id });
    expect(answer.status).toBe(400);
    expect(answer.json.detail).toMatch(/^The document of parse job pjb-\S+ was deleted/);
  });
});
