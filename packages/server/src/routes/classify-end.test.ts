import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeJob, createJob, failJob, startJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const PARSE = {
  projectId: 'p',
  fileId: 'dfl-1',
  name: 'a.txt',
  contentHash: '0'.repeat(64),
  tier: null,
  parsing: null,
};
const OUTCOME = { readerIdentity: 'plain/1', pages: [1], pageCount: 1 };

describe('the end of classify jobs', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const get = (id: string, query = {}) => server.call('GET', `/api/v2/classify/${id}`, { query });
  const cancel = (id: string, query = {}) => server.call('POST', `/api/v2/classify/${id}/cancel`, { query });
  const remove = (id: string, query = {}) => server.call('DELETE', `/api/v2/classify/${id}`, { query });

  describe('GET', () => {
    it('shows a result', async () => {
      const id = await createJob(server);
      await completeJob(server, { reading: { parse: { job: PARSE, outcome: OUTCOME } } });
      const { status, json } = await get(id);
      expect(status).toBe(200);
      expect(json).toMatchObject({
        id,
        status: 'COMPLETED',
        parse_job_id: expect.stringMatching(/^pjb-/),
        result: { type: 'invoice', confidence: 0.97, reasoning: 'Page 1 says "Invoice 17".' },
        error_message: null,
      });
      expect(json.updated_at > json.created_at).toBe(true);
    });

    it('shows that nothing matched', async () => {
      const id = await createJob(server);
      const result = { type: null, confidence: 0.12, reasoning: 'Nothing fits.' };
      await completeJob(server, { result });
      expect((await get(id)).json.result).toEqual(result);
    });

    it('shows a failure', async () => {
      const id = await createJob(server);
      await failJob(server);
      const error_message = 'document.encrypted: the document is encrypted; unlock it';
      expect((await get(id)).json).toMatchObject({ status: 'FAILED', result: null, error_message });
    });

    it.each(['clj-unknown', 'x', 'a%2Fb', `clj-${'x'.repeat(300)}`])('knows no job %s', async (id) => {
      const { status, json, headers } = await get(id);
      expect([status, json]).toEqual([404, { detail: 'Classify job not found' }]);
      expect(headers.get('docket-error-code')).toBe('resource.not_found');
    });

    it('finds a job in its project, and without a project, and in no other', async () => {
      const id = await createJob(server);
      const { project_id } = (await get(id)).json;
      expect((await get(id, { project_id })).status).toBe(200);
      expect((await get(id, { project_id: '', organization_id: 'any' })).status).toBe(200);
      expect((await get(id, { project_id: 'prj-other' })).status).toBe(404);
      await cancel(id);
    });
  });

  describe('cancel', () => {
    it('cancels a job that waits', async () => {
      const id = await createJob(server);
      const { status, json } = await cancel(id);
      expect([status, json.id, json.status, json.result]).toEqual([200, id, 'CANCELLED', null]);
      expect(server.runner.aborted).toContain(id);
    });

    it('wins against a result that comes later', async () => {
      const id = await createJob(server);
      await startJob(server);
      expect((await get(id)).json.status).toBe('RUNNING');
      await cancel(id);
      expect(await server.store.jobs.fail({ id, owner: 'test' }, 'late')).toBe(false);
      expect((await get(id)).json).toMatchObject({ status: 'CANCELLED', error_message: null });
    });

    it('refuses a job that has ended, and says that trying again is no use', async () => {
      const ended = [
        [await createJob(server), await completeJob(server), 'COMPLETED'],
        [await createJob(server), await failJob(server), 'FAILED'],
        [await createJob(server), '', 'CANCELLED'],
      ];
      await cancel(ended[2]?.[0] ?? '');
      const aborted = server.runner.aborted.length;
      for (const [id = '', , state] of ended) {
        const { status, json, headers } = await cancel(id);
        expect([status, json]).toEqual([409, { detail: `Job is already ${state} and cannot be cancelled` }]);
        expect(headers.get('x-should-retry')).toBe('false');
        expect(headers.get('docket-error-code')).toBe('state.ended');
      }
      expect(server.runner.aborted).toHaveLength(aborted);
    });

    it('knows no job of another project', async () => {
      const id = await createJob(server);
      expect((await cancel(id, { project_id: 'prj-other' })).status).toBe(404);
      expect((await cancel('clj-unknown')).json).toEqual({ detail: 'Classify job not found' });
      await cancel(id);
    });

    it('reads no body, whatever is sent', async () => {
      const id = await createJob(server);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${server.url}/api/v2/classify/${id}/cancel`, { method: 'POST', body: '{', headers });
      expect(answer.status).toBe(200);
    });
  });

  describe('DELETE', () => {
    it('deletes a job that has ended, and frees its transaction_id', async () => {
      const id = await createJob(server, { transaction_id: 'again' });
      await completeJob(server);
      const { project_id } = (await get(id)).json;
      const { status, json } = await remove(id);
      expect([status, json]).toEqual([200, { id, project_id }]);
      expect((await get(id)).status).toBe(404);
      const other = await createJob(server, { transaction_id: 'again' });
      expect(other).not.toBe(id);
      await cancel(other);
    });

    it('refuses a job that has not ended', async () => {
      const id = await createJob(server);
      for (const state of ['PENDING', 'RUNNING']) {
        const { status, json, headers } = await remove(id);
        expect([status, json]).toEqual([
          409,
          { detail: `Job is still ${state} and cannot be deleted; cancel it first` },
        ]);
        expect(headers.get('x-should-retry')).toBe('false');
        expect(headers.get('docket-error-code')).toBe('state.active');
        if (state === 'PENDING') await startJob(server);
      }
      await cancel(id);
      expect((await remove(id)).status).toBe(200);
    });

    it('knows no job of another project', async () => {
      const id = await createJob(server);
      await cancel(id);
      expect((await remove(id, { project_id: 'prj-other' })).status).toBe(404);
      expect((await remove('clj-unknown')).json).toEqual({ detail: 'Classify job not found' });
    });
  });
});
