import { deflateRawSync } from 'node:zlib';
import type { ParseOutcome } from '@docket/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/entries.js';
import { FORM_TYPE, type Part, writeForm } from '../testing/multipart.js';
import { TestServer } from '../testing/test-server.js';

const PATH = '/api/v2/parse';
const LATEST = { tier: 'fast', version: 'latest' };
const OUTCOME: ParseOutcome = { readerIdentity: 'text@1', pages: [1, 3], pageCount: 4 };

describe('/api/v2/parse', () => {
  let server: TestServer;
  let fileId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    fileId = await server.upload('letter.txt', 'Dear reader');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const create = (body: unknown, query = {}) => server.call('POST', PATH, { body, query });
  const get = (id: string, query: Record<string, string | string[]> = {}) =>
    server.call('GET', `${PATH}/${id}`, { query });

  /** Takes up the oldest parse job and completes it; its pages have the texts `page 1` and `page 3`. */
  async function completeParse(): Promise<string> {
    const parse = await server.store.parses.claim({ owner: 'test', leaseMs: 60_000 });
    if (!parse?.contentHash) throw new Error('no parse job is waiting');
    const pages = OUTCOME.pages.map((number) => ({
      number,
      data: deflateRawSync(JSON.stringify({ number, text: `page ${number}` })),
    }));
    const head = { format: 'txt', pageCount: OUTCOME.pageCount, readerIdentity: OUTCOME.readerIdentity } as const;
    await server.store.pages.keep({ contentHash: parse.contentHash, extension: '.txt' }, { head, pages });
    await server.store.parses.complete({ id: parse.id, owner: 'test' }, OUTCOME);
    return parse.id;
  }

  describe('POST', () => {
    it('accepts a parse job, flat, and wakes the runner', async () => {
      const wakes = server.runner.wakes;
      const options = { page_ranges: { max_pages: 3, target_pages: '1,3' }, output_options: { any: 'thing' } };
      const { status, json } = await create({ ...LATEST, ...options, file_id: fileId.slice('dfl-'.length) });
      expect(status).toBe(200);
      expect(json).toMatchObject({
        id: expect.stringMatching(/^pjb-[\da-f-]{36}$/),
        status: 'PENDING',
        name: 'letter.txt',
        tier: 'fast',
        error_message: null,
        usage: null,
        user_metadata: null,
      });
      expect(server.runner.wakes).toBe(wakes + 1);
      const kept = await server.store.parses.get(json.id);
      expect(kept).toMatchObject({ fileId, parsing: { lang: 'en', targetPages: '1,3', maxPages: 3 } });
      await completeParse();
    });

    it('refuses a URL', async () => {
      const { status, json } = await create({ ...LATEST, source_url: 'https://example.com/a.pdf' });
      expect([status, json]).toEqual([400, { detail: 'URL inputs are disabled on this offline server' }]);
    });

    it.each([
      [{}, ['body.tier missing', 'body.version missing']],
      [{ ...LATEST, tier: 'best' }, ['body.tier literal_error']],
      [LATEST, ['body value_error']],
      [{ ...LATEST, file_id: 'dfl-1', source_url: 'https://example.com' }, ['body value_error']],
      [{ ...LATEST, file_id: 5 }, ['body.file_id string_type']],
      [{ ...LATEST, page_ranges: { max_pages: 0 } }, ['body.page_ranges.max_pages greater_than_equal']],
      [{ ...LATEST, page_ranges: { target_pages: '3-1' } }, ['body.page_ranges.target_pages value_error']],
    ])('refuses %j', async (body, problems) => {
      const answer = await create(body);
      expect(answer.status).toBe(422);
      expect(problemsOf(answer)).toEqual(problems);
    });

    it('knows no file of another project', async () => {
      const { status, json } = await create({ ...LATEST, file_id: fileId }, { project_id: 'prj-other' });
      expect([status, json]).toEqual([404, { detail: 'File not found' }]);
    });
  });

  describe('POST upload', () => {
    const FILE: Part = { disposition: 'name="file"; filename="memo.txt"', content: 'Memo' };
    const configurationOf = (value: unknown): Part => ({
      disposition: 'name="configuration"',
      content: typeof value === 'string' ? value : JSON.stringify(value),
    });
    const upload = (parts: Part[], query = {}) =>
      server.call('POST', `${PATH}/upload`, { raw: { bytes: writeForm(parts), contentType: FORM_TYPE }, query });

    it('makes a file and a parse job', async () => {
      const { status, json } = await upload([configurationOf(LATEST), FILE], { project_id: 'prj-up' });
      expect([status, json.status, json.name, json.project_id]).toEqual([200, 'PENDING', 'memo.txt', 'prj-up']);
      const files = await server.call('GET', '/api/v1/beta/files', { query: { project_id: 'prj-up' } });
      expect(files.json.items).toMatchObject([{ name: 'memo.txt', purpose: 'parse' }]);
      await completeParse();
    });

    it.each([
      [[], ['body.file missing', 'body.configuration missing']],
      [[FILE], ['body.configuration missing']],
      [
        [configurationOf({ tier: 'best' }), FILE],
        ['body.configuration.tier literal_error', 'body.configuration.version missing'],
      ],
      [[configurationOf('{"tier":'), FILE], ['body.configuration.8 json_invalid']],
      [[configurationOf('['.repeat(200)), FILE], ['body.configuration.100 json_invalid']],
      [[configurationOf('5'), FILE], ['body.configuration model_attributes_type']],
    ])('refuses a form, case %#', async (parts, problems) => {
      const answer = await upload(parts);
      expect(answer.status).toBe(422);
      expect(problemsOf(answer)).toEqual(problems);
    });

    it('refuses an empty file', async () => {
      const answer = await upload([configurationOf(LATEST), { ...FILE, content: '' }]);
      expect([answer.status, answer.json]).toEqual([400, { detail: 'The file is empty' }]);
    });
  });

  describe('GET', () => {
    const nothing = {
      text: null,
      text_full: null,
      markdown: null,
      markdown_full: null,
      metadata: null,
      job_metadata: null,
      items: null,
      forms: null,
      raw_parameters: null,
      images_content_metadata: null,
      result_content_metadata: null,
    };

    it('answers the job alone unless more is asked for', async () => {
      const { json: parse } = await create({ ...LATEST, file_id: fileId });
      expect((await get(parse.id)).json).toEqual({ job: parse, ...nothing });
      const waiting = await get(parse.id, { expand: ['text', 'markdown_full', 'metadata', 'job_metadata'] });
      expect(waiting.json).toEqual({ job: parse, ...nothing });
      await completeParse();
      const { json } = await get(parse.id);
      expect(json).toMatchObject({ job: { status: 'COMPLETED' }, ...nothing });
    });

    it('adds what was read', async () => {
      const { json: parse } = await create({ ...LATEST, file_id: fileId });
      await completeParse();
      const { json } = await get(parse.id, { expand: ['text', 'markdown', 'text_full', 'usage', 'items'] });
      expect(json).toMatchObject({
        ...nothing,
        job: { usage: { credits: 0 } },
        text: {
          pages: [
            { page_number: 1, text: 'page 1' },
            { page_number: 3, text: 'page 3' },
          ],
        },
        markdown: {
          pages: [
            { page_number: 1, markdown: 'page 1', success: true },
            { page_number: 3, markdown: 'page 3', success: true },
          ],
        },
        text_full: 'page 1\n\npage 3',
      });
      const rest = await get(parse.id, { expand: 'markdown_full,metadata,job_metadata' });
      expect(rest.json).toMatchObject({
        ...nothing,
        markdown_full: 'page 1\n\npage 3',
        metadata: { pages: [{ page_number: 1 }, { page_number: 3 }] },
        job_metadata: { page_count: 4, pages_read: [1, 3], reader: 'text@1' },
      });
    });

    it('has no text of a document that was deleted', async () => {
      const id = await server.upload('secret.txt', 'a secret');
      const { json: parse } = await create({ ...LATEST, file_id: id });
      await completeParse();
      await server.call('DELETE', `/api/v1/beta/files/${id}`);
      const { json } = await get(parse.id, { expand: ['text', 'text_full'] });
      expect(json).toMatchObject({ job: { status: 'COMPLETED' }, text: null, text_full: null });
    });

    it('shows a failure', async () => {
      const { json: parse } = await create({ ...LATEST, file_id: fileId });
      await server.store.parses.claim({ owner: 'test', leaseMs: 60_000 });
      await server.store.parses.fail({ id: parse.id, owner: 'test' }, 'document.corrupt: it is broken');
      expect((await get(parse.id)).json.job).toMatchObject({
        status: 'FAILED',
        error_message: 'document.corrupt: it is broken',
      });
    });

    it('keeps projects apart', async () => {
      const { json: parse } = await create({ ...LATEST, file_id: fileId });
      await completeParse();
      expect((await get(parse.id, { project_id: 'prj-other' })).json).toEqual({ detail: 'Parse job not found' });
      expect((await get('pjb-unknown')).status).toBe(404);
      expect((await get(parse.id, { project_id: parse.project_id })).status).toBe(200);
    });
  });
});
