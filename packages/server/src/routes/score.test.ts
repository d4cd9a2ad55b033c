import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepExpired } from '../operations/retention.js';
import { TestServer } from '../testing/test-server.js';

const fixtures = fileURLToPath(new URL('../../../../test/fixtures/documents/', import.meta.url));

/** What somebody at a screen asks for, by real engine processes. */
describe('at a screen', () => {
  let server: TestServer;
  let contract: string;
  beforeAll(async () => {
    server = await TestServer.start();
    contract = await upload('contract-3p.pdf');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(name: string, content?: Uint8Array): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content ?? (await readFile(`${fixtures}${name}`)))]), name);
    form.append('purpose', 'classify');
    const { json } = await server.call('POST', '/api/local/files', { form });
    return json.id;
  }

  const rules = [
    { type: 'contract', description: 'An agreement between two parties that is signed by them' },
    { type: 'invoice', description: 'A bill with an invoice number and a total due' },
  ];
  const score = (file_id: string, configuration: object = { rules }) =>
    server.call('POST', '/api/local/score', { body: { file_id, configuration } });

  describe('POST /api/local/score', () => {
    it('answers as a job does, with the place of each quote, and reads the pages once', async () => {
      const first = await score(contract);
      expect(first.status).toBe(200);
      expect(first.json.result).toMatchObject({ type: 'contract', confidence: expect.closeTo(1, 1) });
      expect(first.json.explanation).toMatchObject({ is_recalled: false, pages: { total: 3, read: [1, 2, 3] } });
      const evidence = first.json.explanation.labels[0].evidence.filter(({ page }: { page: number }) => page > 0);
      expect(evidence.length).toBeGreaterThan(0);
      for (const { boxes } of evidence) expect(boxes.length).toBeGreaterThan(0);
      const again = await score(contract, { rules: [...rules].reverse() });
      expect(again.json.explanation.is_recalled).toBe(true);
      expect(again.json.result).toEqual(first.json.result);
    });

    it('says what is wrong with a document, and with rules', async () => {
      const encrypted = await score(await upload('encrypted-letter.pdf'));
      expect([encrypted.status, encrypted.headers.get('docket-error-code')]).toEqual([400, 'document.encrypted']);
      const pages = await score(contract, { rules, parsing_configuration: { target_pages: '9' } });
      expect([pages.status, pages.headers.get('docket-error-code')]).toEqual([400, 'document.no_pages_selected']);
      expect((await score(contract, { rules: [] })).status).toBe(422);
    });

    it('knows no file that was deleted, or is of another project', async () => {
      const gone = await upload('minutes.txt');
      await server.call('DELETE', `/api/v1/beta/files/${gone}`);
      expect((await score(gone)).status).toBe(404);
      const body = { file_id: contract, configuration: { rules } };
      const query = { project_id: 'prj-other' };
      expect((await server.call('POST', '/api/local/score', { body, query })).status).toBe(404);
    });

    it('says so when the file is deleted on the way', async () => {
      const { files } = server.store;
      const [locate, id] = [files.locate.bind(files), await upload('minutes.txt', Buffer.from('Minutes of the board'))];
      files.locate = async (contentHash) => {
        const path = await locate(contentHash);
        await files.delete(id);
        return path;
      };
      const { status, headers } = await score(id);
      files.locate = locate;
      expect([status, headers.get('docket-error-code')]).toEqual([404, 'resource.document_deleted']);
    });
  });

  describe('GET /api/local/files/{id}/pages', () => {
    const pagesOf = (id: string, query = {}) => server.call('GET', `/api/local/files/${id}/pages`, { query });

    it('gives the text that evidence leads into', async () => {
      await score(contract);
      const { json } = await pagesOf(contract, { target_pages: '1,3' });
      expect(json).toMatchObject({ format: 'pdf', kind: 'pdf', title: 'Services Agreement', page_count: 3 });
      expect(json.pages).toMatchObject([
        { page: 1, read: 'text', width: expect.any(Number), height: expect.any(Number), ocr_confidence: null },
        { page: 3, read: 'text' },
      ]);
      const { labels } = (await score(contract)).json.explanation;
      const [quoted] = labels[0].evidence.filter(({ page }: { page: number }) => page === 1);
      expect(json.pages[0].text.slice(quoted.start, quoted.end).replace(/\s+/g, ' ')).toBe(quoted.quote);
    });

    it('tells pages that were not read from those that were', async () => {
      const manual = await upload('manual-40p.pdf');
      expect((await pagesOf(manual)).json).toMatchObject({ page_count: null, kind: null, pages: [] });
      await score(manual, { rules, parsing_configuration: { target_pages: '2' } });
      const { pages } = (await pagesOf(manual)).json;
      const shown = pages.slice(0, 3).map(({ page, read }: { page: number; read: string | null }) => [page, read]);
      expect([pages.length, ...shown]).toEqual([40, [1, null], [2, 'text'], [3, null]]);
    });

    it('refuses too many pages at once, and what is no list of pages', async () => {
      const query = { target_pages: '1-3' };
      expect((await pagesOf('dfl-unknown', query)).status).toBe(404);
      expect((await pagesOf(contract, { target_pages: 'x' })).status).toBe(422);
    });
  });

  describe('GET /api/local/files/{id}/pages/{page}/image', () => {
    const imageOf = (id: string, page: number | string, query = '') =>
      fetch(`${server.url}/api/local/files/${id}/pages/${page}/image${query}`);

    it('is a PNG within the bounds asked for, that no page shows as a page', async () => {
      const answer = await imageOf(contract, 2, '?max_side=100');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      const view = new DataView(await answer.arrayBuffer());
      expect(Math.max(view.getUint32(16), view.getUint32(20))).toBe(100);
    });

    it('says what cannot be drawn', async () => {
      const codeOf = async (answer: Promise<Response>) => {
        const { status, headers } = await answer;
        return [status, headers.get('docket-error-code')];
      };
      expect(await codeOf(imageOf(contract, 4))).toEqual([400, 'document.no_pages_selected']);
      const text = await upload('minutes.txt');
      expect(await codeOf(imageOf(text, 1))).toEqual([400, 'document.unsupported_type']);
      expect(await codeOf(imageOf(await upload('encrypted-letter.pdf'), 1))).toEqual([400, 'document.encrypted']);
      expect(await codeOf(imageOf(contract, 1, '?max_side=100000'))).toEqual([422, 'request.invalid_body']);
      for (const page of ['0', '-1', '1.5', 'x', '1e3']) {
        expect(await codeOf(imageOf(contract, page))).toEqual([404, 'resource.not_found']);
      }
    });
  });

  describe('POST /api/local/lint', () => {
    it('says what docket rules lint says, also of rules that are not finished', async () => {
      const draft = { type: 'x', description: '' };
      const { json } = await server.call('POST', '/api/local/lint', { body: { rules: [draft, ...rules] } });
      expect(json.findings[0]).toMatchObject({ id: 'vague-description', severity: 'warning', rules: [0] });
      expect((await server.call('POST', '/api/local/lint', { body: { rules: [] } })).json).toEqual({ findings: [] });
      const many = Array.from({ length: 501 }, () => draft);
      expect((await server.call('POST', '/api/local/lint', { body: { rules: many } })).status).toBe(422);
    });
  });

  describe('POST /api/local/files', () => {
    it('keeps a file for a day', async () => {
      const id = await upload('minutes.txt', Buffer.from('kept for a day'));
      const { expires_at } = (await server.call('GET', `/api/v1/beta/files/${id}`)).json;
      const expiresMs = Date.parse(expires_at);
      expect(Math.abs(expiresMs - Date.now() - 24 * 3600 * 1000)).toBeLessThan(3600 * 1000);
      const sweep = (nowMs: number) =>
        sweepExpired({ store: server.store, purgeQuotesOnDelete: false, now: () => nowMs });
      await sweep(expiresMs - 1);
      expect((await server.call('GET', `/api/v1/beta/files/${id}`)).status).toBe(200);
      const other = await server.upload('other.txt', 'kept for good');
      await sweep(expiresMs + 1000);
      expect((await server.call('GET', `/api/v1/beta/files/${id}`)).status).toBe(404);
      expect((await server.call('GET', `/api/v1/beta/files/${other}`)).json.expires_at).toBeNull();
      contract = await upload('contract-3p.pdf');
    });
  });

  describe('GET /api/local/samples', () => {
    it('gives rules by which the documents are told apart', async () => {
      const { json } = await server.call('GET', '/api/local/samples');
      const answers = await Promise.all(
        json.documents.map(async ({ name, url }: { name: string; url: string }) => {
          const bytes = new Uint8Array(await (await fetch(`${server.url}${url}`)).arrayBuffer());
          return (await score(await upload(name, bytes), { rules: json.rules })).json.result.type;
        }),
      );
      expect(answers).toEqual(['contract', 'invoice']);
      for (const name of ['rules.json', '..%2f..%2fpackage.json', 'x']) {
        expect((await fetch(`${server.url}/api/local/samples/${name}`)).status).toBe(404);
      }
    });
  });

  describe('GET /api/local/state', () => {
    it('says what the server works with', async () => {
      const { status, json } = await server.call('GET', '/api/local/state');
      expect(status).toBe(200);
      expect(json.engine).toMatchObject({ status: 'ok', problem: null, identity: expect.stringContaining('evidence') });
      expect(json.knowledge.types).toBeGreaterThan(100);
      expect(json).toMatchObject({ queue: { pending: 0 }, workers: { processes: 1 }, database: { kind: 'sqlite' } });
    });
  });
});
