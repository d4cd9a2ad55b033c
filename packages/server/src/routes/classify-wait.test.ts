import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIGURATION, completeJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

describe('Prefer: wait=N', () => {
  let server: TestServer;
  let file_input: string;
  beforeAll(async () => {
    server = await TestServer.start();
    file_input = await server.upload();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const create = (prefer: string, more = {}) =>
    server.call('POST', '/api/v2/classify', {
      body: { file_input, configuration: CONFIGURATION, ...more },
      headers: { prefer },
    });

  it('answers with the finished job', async () => {
    const answering = create('respond-async, wait=7');
    const { jobId, timeoutMs } = await server.runner.nextWaiter();
    expect(timeoutMs).toBe(7000);
    await completeJob(server);
    server.runner.endWait(jobId, await server.store.jobs.get(jobId));
    const { status, json, headers } = await answering;
    expect([status, json.id, json.status]).toEqual([200, jobId, 'COMPLETED']);
    expect(headers.get('preference-applied')).toBe('wait=7');
  });

  it('answers with the job as it is when the time is up', async () => {
    const answering = create('wait=3600');
    const { jobId, timeoutMs } = await server.runner.nextWaiter();
    expect(timeoutMs).toBe(60_000);
    server.runner.endWait(jobId);
    const { json, headers } = await answering;
    expect([json.id, json.status]).toEqual([jobId, 'PENDING']);
    expect(headers.get('preference-applied')).toBe('wait=60');
    await completeJob(server);
  });

  it.each(['', 'respond-async', 'wait=0', 'wait=soon'])('holds nothing back for %j', async (prefer) => {
    const { json, headers } = await create(prefer);
    expect(json.status).toBe('PENDING');
    expect(headers.get('preference-applied')).toBeNull();
    await completeJob(server);
  });

  it('answers at once with a job that has ended before', async () => {
    await create('', { transaction_id: 'done' });
    await completeJob(server);
    expect((await create('wait=10', { transaction_id: 'done' })).json.status).toBe('COMPLETED');
  });

  it('waits no longer than its client does', async () => {
    const gone = new AbortController();
    const answering = fetch(`${server.url}/api/v2/classify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=30' },
      body: JSON.stringify({ file_input, configuration: CONFIGURATION }),
      signal: gone.signal,
    });
    await server.runner.nextWaiter();
    gone.abort();
    await expect(answering).rejects.toThrow();
    await server.runner.noWaiter();
  });
});
