import { beforeAll, describe, expect, test } from 'vitest';
import { newProject, RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';

const CLASSIFY = '/api/v2/classify';
const configuration = { rules: RULES };
const WAIT = { prefer: 'wait=50' };

/** What no client sends about jobs: to delete one, to wait for one, to ask for the reasons. */
export function declareJobs(stage: Stage): void {
  declareDelete(stage);
  declareWait(stage);
  declareExplanation(stage);
  declareSources(stage);
}

function declareDelete(stage: Stage): void {
  const { call, upload } = callerOf(stage);

  describe('DELETE of a job', () => {
    test('takes it away and frees its transaction id', async () => {
      const project = newProject();
      const scope = `?project_id=${project}&organization_id=${crypto.randomUUID()}`;
      const transaction_id = crypto.randomUUID();
      const json = { file_input: await upload('recipe.html', scope), configuration, transaction_id };
      const { id } = (await call('POST', `${CLASSIFY}${scope}`, { json, headers: WAIT })).body;
      const deleted = await call('DELETE', `${CLASSIFY}/${id}${scope}`);
      expect([deleted.status, deleted.body]).toEqual([200, { id, project_id: project }]);
      for (const [method, path] of [
        ['GET', id],
        ['DELETE', id],
        ['POST', `${id}/cancel`],
      ] as const) {
        const gone = await call(method, `${CLASSIFY}/${path}`);
        expect([gone.status, gone.body]).toEqual([404, { detail: 'Classify job not found' }]);
      }
      expect((await call('GET', `${CLASSIFY}${scope}`)).body.items).toEqual([]);
      const again = await call('POST', `${CLASSIFY}${scope}`, { json, headers: WAIT });
      expect(again.body.id).not.toBe(id);
    });

    test('is refused while it is not over', async () => {
      const busy = callerOf(stage, 'busy');
      const scope = `?project_id=${newProject()}`;
      const json = { file_input: await busy.upload('manual-40p.pdf', scope), configuration };
      const create = () => busy.call('POST', `${CLASSIFY}${scope}`, { json });
      const created = await Promise.all(Array.from({ length: 20 }, create));
      const [last] = created.map(({ body }) => body).sort((one, other) => (one.created_at < other.created_at ? 1 : -1));
      const refused = await busy.call('DELETE', `${CLASSIFY}/${last.id}`);
      expect([refused.status, refused.headers.get('docket-error-code')]).toEqual([409, 'state.active']);
      expect(refused.headers.get('x-should-retry')).toBe('false');
      const cancelled = await busy.call('POST', `${CLASSIFY}/${last.id}/cancel`, { body: 'nobody reads this' });
      expect([cancelled.status, cancelled.body.status]).toEqual([200, 'CANCELLED']);
      expect((await busy.call('DELETE', `${CLASSIFY}/${last.id}${scope}`)).status).toBe(200);
    });

    test('is refused from another project', async () => {
      const { id } = (
        await call('POST', CLASSIFY, {
          json: { file_input: await upload('recipe.html'), configuration },
          headers: WAIT,
        })
      ).body;
      expect((await call('DELETE', `${CLASSIFY}/${id}?project_id=${newProject()}`)).status).toBe(404);
      expect((await call('GET', `${CLASSIFY}/${id}`)).status).toBe(200);
    });
  });
}

function declareWait(stage: Stage): void {
  const { call, upload } = callerOf(stage);

  describe('Prefer: wait', () => {
    test('answers a create with the finished job', async () => {
      const json = { file_input: await upload('invoice-1p.pdf'), configuration };
      const { status, body, headers } = await call('POST', CLASSIFY, { json, headers: WAIT });
      expect([status, body.status, body.result.type]).toEqual([200, 'COMPLETED', 'invoice']);
      expect(headers.get('preference-applied')).toMatch(/^wait/);
    });

    test('answers with the job as it is when it takes longer', async () => {
      const json = { file_input: await upload('invoice-1p.pdf'), configuration };
      const { status, body } = await call('POST', CLASSIFY, { json, headers: { prefer: 'wait=0' } });
      expect([status, body.status]).toEqual([200, 'PENDING']);
    });
  });
}

function declareExplanation(stage: Stage): void {
  const { call, upload } = callerOf(stage);
  const explanationOf = (id: string) => call('GET', `/api/local/classify/${id}/explanation`);

  describe('the explanation of a job', () => {
    test('ranks the rules and quotes the pages', async () => {
      const json = { file_input: await upload('invoice-1p.pdf'), configuration };
      const job = (await call('POST', CLASSIFY, { json, headers: WAIT })).body;
      const { status, body } = await explanationOf(job.id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ job_id: job.id, pages: { total: 1, selected: [1], read: [1] } });
      expect(body.ranking[0]).toEqual({ type: 'invoice', confidence: job.result.confidence });
      expect(body.ranking).toHaveLength(RULES.length);
      const quotes = body.labels[0].evidence.map(({ quote, page }: { quote: string; page: number }) => ({
        quote,
        page,
      }));
      expect(quotes).toContainEqual({ quote: expect.stringMatching(/invoice/i), page: 1 });
      expect(Object.keys(body.timings)).toEqual(['read_ms', 'score_ms']);
    });

    test('is not there for a job that failed or is unknown', async () => {
      const json = { file_input: await upload('encrypted-letter.pdf'), configuration };
      const { id } = (await call('POST', CLASSIFY, { json, headers: WAIT })).body;
      for (const unknown of [id, 'clj-unknown']) expect((await explanationOf(unknown)).status).toBe(404);
    });
  });
}

function declareSources(stage: Stage): void {
  const { call, upload } = callerOf(stage);
  const create = (json: object, query = '') =>
    call('POST', `${CLASSIFY}${query}`, { json: { configuration, ...json } });

  describe('the input of a create', () => {
    let file = '';
    beforeAll(async () => {
      file = await upload('recipe.html');
    });

    test.each([
      ['an unknown file', { file_input: 'dfl-unknown' }, 404, 'File not found'],
      ['an unknown parse job', { file_input: 'pjb-unknown' }, 404, 'Parse job not found'],
      ['a parse job whatever its prefix', { parse_job_id: 'dfl-unknown' }, 404, 'Parse job not found'],
      ['a URL', { file_input: 'https://example.com/a.pdf' }, 400, 'URL inputs are disabled on this offline server'],
      [
        'an unknown preset',
        { file_input: 'dfl-unknown', configuration: undefined, configuration_id: 'cfg-unknown' },
        404,
        'Configuration not found',
      ],
    ])('%s', async (_what, json, status, detail) => {
      const answer = await create(json);
      expect([answer.status, answer.body]).toEqual([status, { detail }]);
    });

    test('is of the project of the request', async () => {
      const { status, body } = await create({ file_input: file }, `?project_id=${newProject()}`);
      expect([status, body]).toEqual([404, { detail: 'File not found' }]);
    });

    test('wins over the deprecated spellings', async () => {
      const { status, body } = await create({ file_input: file, file_id: 'dfl-unknown', parse_job_id: 'pjb-unknown' });
      expect([status, body.file_input, body.document_input_type]).toEqual([200, file, 'file_id']);
    });

    test('fails later when the parse job failed before', async () => {
      const form = new FormData();
      form.append('file', new File(['%PDF-1.7 and nothing else'], 'broken.pdf'));
      form.append('configuration', JSON.stringify({ tier: 'fast', version: 'latest' }));
      const { id } = (await call('POST', '/api/v2/parse/upload', { body: form })).body;
      await expect
        .poll(async () => (await call('GET', `/api/v2/parse/${id}`)).body.job.status, { timeout: 30_000 })
        .toBe('FAILED');
      expect((await create({ file_input: id })).status).toBe(400);
    });
  });
}
