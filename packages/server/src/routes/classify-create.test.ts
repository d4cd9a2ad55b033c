import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT_ID } from '../classification/scope.js';
import { problemsOf } from '../testing/entries.js';
import { CONFIGURATION, completeJob, createJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const UNKNOWN_FILE = 'dfl-00000000-0000-4000-8000-000000000000';

describe('POST /api/v2/classify', () => {
  let server: TestServer;
  let fileId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    fileId = await server.upload();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const create = (body: unknown, query: Record<string, string> = {}) =>
    server.call('POST', '/api/v2/classify', { body, query });

  it('accepts a job and wakes the runner', async () => {
    const wakes = server.runner.wakes;
    const { status, json } = await create({
      file_input: fileId,
      configuration: { ...CONFIGURATION, parsing_configuration: { max_pages: 5 } },
      transaction_id: 'intake-1',
      something_new: { ignored: true },
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      id: expect.stringMatching(/^clj-[\da-f-]{36}$/),
      created_at: expect.stringMatching(/Z$/),
      updated_at: json.created_at,
      file_input: fileId,
      project_id: DEFAULT_PROJECT_ID,
      user_id: 'usr-local',
      status: 'PENDING',
      document_input_type: 'file_id',
      configuration: {
        ...CONFIGURATION,
        mode: 'FAST',
        parsing_configuration: { lang: 'en', target_pages: null, max_pages: 5 },
      },
      result: null,
      error_message: null,
      configuration_id: null,
      transaction_id: 'intake-1',
      parse_job_id: null,
    });
    expect(server.runner.wakes).toBe(wakes + 1);
  });

  it('keeps the spelling of types byte for byte, duplicates included', async () => {
    const rules = [' Rechnung/№ 1 ', 'e\u0301', '\u00e9', 'twice', 'twice'].map((type) => ({
      type,
      description: 'has a number and a total due',
    }));
    const { json } = await create({ file_input: fileId, configuration: { rules } });
    expect(json.configuration).toEqual({ rules, mode: 'FAST', parsing_configuration: null });
  });

  it.each([
    [{ file_input: null, file_id: 'FILE' }, 'file_id'],
    [{ file_input: 'FILE', file_id: UNKNOWN_FILE, parse_job_id: 'pjb-x' }, 'file_id'],
    [{ file_input: '', file_id: 'FILE' }, 'file_id'],
  ])('takes the input of %j', async (input, kind) => {
    const body = JSON.parse(JSON.stringify({ ...input, configuration: CONFIGURATION }).replace('FILE', fileId));
    const { status, json } = await create(body);
    expect([status, json.document_input_type, json.file_input]).toEqual([200, kind, fileId]);
  });

  it('takes a bare UUID for the same file and echoes it as it was given', async () => {
    const uuid = fileId.slice('dfl-'.length).toUpperCase();
    const { status, json } = await create({ file_input: uuid, configuration: CONFIGURATION });
    expect([status, json.file_input]).toEqual([200, uuid]);
    expect((await server.store.jobs.get(json.id))?.sourceId).toBe(fileId);
  });

  it('keeps webhooks, and delivers nothing where no host is allowed', async () => {
    const webhook_configurations = [{ webhook_url: 'http://127.0.0.1:9/', webhook_signing_secret: 's' }];
    const { json } = await create({
      file_input: fileId,
      configuration: CONFIGURATION,
      webhook_configurations,
      webhook_configuration_ids: ['whk-1'],
    });
    const endpoint = { url: 'http://127.0.0.1:9/', host: '127.0.0.1:9', headers: {}, events: null, format: 'string' };
    expect((await server.store.jobs.get(json.id))?.webhooks).toEqual({
      targets: [{ isAllowed: false, endpoint: { ...endpoint, secret: 's' } }],
    });
    expect(await server.store.deliveries.counts()).toEqual({ pending: 0 });
  });

  describe('transaction_id', () => {
    it('answers with the job that has it, in its present state, and ignores the rest', async () => {
      await using other = await TestServer.start();
      const id = await createJob(other, { transaction_id: 'once' });
      await completeJob(other);
      const { status, json } = await other.call('POST', '/api/v2/classify', { body: { transaction_id: 'once' } });
      expect([status, json.id, json.status]).toEqual([200, id, 'COMPLETED']);
    });

    it('makes one job of a thousand simultaneous requests', async () => {
      const body = { file_input: fileId, configuration: CONFIGURATION, transaction_id: 'simultaneous' };
      const answers = await Promise.all(Array.from({ length: 1000 }, () => create(body)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
      const { json: page } = await server.call('GET', '/api/v2/classify');
      expect(
        page.items.filter((job: { transaction_id: string }) => job.transaction_id === 'simultaneous'),
      ).toHaveLength(1);
    });

    it('belongs to its project', async () => {
      const form = new FormData();
      form.append('file', new Blob(['x']), 'x.txt');
      form.append('purpose', 'classify');
      const query = { project_id: 'prj-other' };
      const { json: file } = await server.call('POST', '/api/v1/beta/files', { form, query });
      const body = { configuration: CONFIGURATION, transaction_id: 'per-project' };
      const first = await create({ ...body, file_input: fileId });
      const second = await create({ ...body, file_input: file.id }, query);
      expect(second.json.id).not.toBe(first.json.id);
      expect(second.json.project_id).toBe('prj-other');
    });

    it('counts as absent when it is empty', async () => {
      const body = { file_input: fileId, configuration: CONFIGURATION, transaction_id: '' };
      const [first, second] = [await create(body), await create(body)];
      expect(first.json.transaction_id).toBeNull();
      expect(second.json.id).not.toBe(first.json.id);
    });

    it('does not shield fields that are invalid', async () => {
      await create({ file_input: fileId, configuration: CONFIGURATION, transaction_id: 'strict' });
      expect((await create({ transaction_id: 'strict', file_input: 5 })).status).toBe(422);
    });
  });

  describe('what is missing or unknown', () => {
    it.each([[{}], [{ file_input: null, file_id: null, parse_job_id: null }]])('no input: %j', async (input) => {
      const answer = await create({ ...input, configuration: CONFIGURATION });
      expect(answer.status).toBe(422);
      expect(problemsOf(answer)).toEqual(['body value_error']);
      expect(answer.json.detail[0].msg).toMatch(/^Value error, file_input is required/);
      expect(answer.headers.get('docket-error-code')).toBe('request.invalid_body');
    });

    it('no configuration', async () => {
      const answer = await create({ file_input: fileId });
      expect(problemsOf(answer)).toEqual(['body value_error']);
      expect(answer.json.detail[0].msg).toMatch(/configuration_id is required$/);
    });

    it('unknown file', async () => {
      const answer = await create({ file_input: UNKNOWN_FILE, configuration: CONFIGURATION });
      expect([answer.status, answer.json]).toEqual([404, { detail: 'File not found' }]);
      expect(answer.headers.get('docket-error-code')).toBe('resource.not_found');
    });

    it('a file of another project', async () => {
      const answer = await create(
        { file_input: fileId, configuration: CONFIGURATION },
        { project_id: 'prj-elsewhere' },
      );
      expect([answer.status, answer.json]).toEqual([404, { detail: 'File not found' }]);
    });

    it.each([[{ file_input: 'pjb-unknown' }], [{ parse_job_id: 'whatever' }]])(
      'unknown parse job: %j',
      async (input) => {
        const answer = await create({ ...input, configuration: CONFIGURATION });
        expect([answer.status, answer.json]).toEqual([404, { detail: 'Parse job not found' }]);
      },
    );

    it.each(['http://example.com/a.pdf', 'https://example.com/a.pdf', 'HTTPS://EXAMPLE.COM/'])(
      'a URL: %s',
      async (url) => {
        const answer = await create({ file_input: url, configuration: CONFIGURATION });
        expect([answer.status, answer.json]).toEqual([
          400,
          { detail: 'URL inputs are disabled on this offline server' },
        ]);
        expect(answer.headers.get('docket-error-code')).toBe('request.invalid_input');
      },
    );

    it('the configuration is looked for before the file', async () => {
      const answer = await create({ file_input: UNKNOWN_FILE, configuration_id: 'cfg-unknown' });
      expect([answer.status, answer.json]).toEqual([404, { detail: 'Configuration not found' }]);
    });
  });
});
