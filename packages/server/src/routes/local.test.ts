import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeJob, createJob, failJob, startJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

describe('GET /api/local/classify/{id}/explanation', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const explainIn = (at: TestServer, id: string, query = {}) =>
    at.call('GET', `/api/local/classify/${id}/explanation`, { query });
  const explain = (id: string, query = {}) => explainIn(server, id, query);

  it('answers what the runner kept', async () => {
    const id = await createJob(server);
    await completeJob(server);
    const { status, json } = await explain(id);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      job_id: id,
      ranking: [
        { type: 'invoice', confidence: 0.97 },
        { type: 'receipt', confidence: 0.04 },
      ],
      labels: [
        { type: 'invoice', document_type: 'invoice', evidence: [{ page: 1, quote: 'Invoice 17', weight: 0.6 }] },
        { type: 'receipt', document_type: null, layout: [], evidence: [] },
      ],
      background: { document_type: 'letter', evidence: [{ document_type: null }] },
      title: null,
      tuning: null,
      pages: { total: 1, selected: [1], read: [1] },
      scorer: 'evidence@1',
      timings: { read_ms: 3.5, score_ms: 1.25 },
      is_recalled: false,
    });
    expect((await explain(id, { project_id: 'prj-other' })).status).toBe(404);
  });

  it('has none before the job has ended', async () => {
    const id = await createJob(server);
    for (const state of ['PENDING', 'RUNNING']) {
      const { status, json, headers } = await explain(id);
      expect(status).toBe(409);
      expect(json.detail).toMatch(new RegExp(`^Job is still ${state} and has no explanation yet`));
      expect(headers.get('docket-error-code')).toBe('state.active');
      if (state === 'PENDING') await startJob(server);
    }
    await server.call('POST', `/api/v2/classify/${id}/cancel`);
    expect((await explain(id)).json.detail).toBe('Job is CANCELLED: only a COMPLETED job has an explanation');
  });

  it('has none of a job that failed', async () => {
    const id = await createJob(server);
    await failJob(server);
    const { status, json } = await explain(id);
    expect([status, json.detail]).toEqual([404, 'Job is FAILED: only a COMPLETED job has an explanation']);
  });

  it('has none of an unknown job', async () => {
    expect((await explain('clj-unknown')).json).toEqual({ detail: 'Classify job not found' });
  });

  it('has none when it was purged', async () => {
    await using other = await TestServer.start({ purgeQuotesOnDelete: true });
    const file_input = await other.upload();
    const id = await createJob(other, { file_input });
    await completeJob(other);
    expect((await explainIn(other, id)).status).toBe(200);
    await other.call('DELETE', `/api/v1/beta/files/${file_input}`);
    const { status, json } = await explainIn(other, id);
    expect(status).toBe(404);
    expect(json.detail).toMatch(/^The explanation of this job is not kept any more/);
  });
});
