import type { Job, JobCompletion } from '@docket/store';
import type { StoredExplanation } from '../runner/stored-explanation.js';
import type { TestServer } from './test-server.js';

/** A configuration that is valid. */
export const CONFIGURATION = {
  rules: [
    { type: 'invoice', description: 'has an invoice number, line items and a total due' },
    { type: 'receipt', description: 'short proof of purchase from a point of sale' },
  ],
};

/** What a runner would keep of a completed job. */
export const EXPLANATION: StoredExplanation = {
  ranking: [
    { type: 'invoice', confidence: 0.97 },
    { type: 'receipt', confidence: 0.04 },
  ],
  labels: [
    {
      type: 'invoice',
      confidence: 0.97,
      documentType: 'invoice',
      layout: ['a table of amounts'],
      evidence: [{ page: 1, start: 0, end: 10, quote: 'Invoice 17', documentType: 'invoice', weight: 0.6 }],
    },
    { type: 'receipt', confidence: 0.04, layout: [], evidence: [] },
  ],
  background: {
    documentType: 'letter',
    evidence: [{ page: 1, start: 12, end: 21, quote: 'total due', weight: 0.1 }],
  },
  language: 'en',
  format: 'txt',
  floor: 0.5,
  margin: 0.1,
  pages: { total: 1, selected: [1], read: [1] },
  scorer: 'evidence@1',
  timings: { readMs: 3.5, scoreMs: 1.25 },
  isRecalled: false,
};

const LEASE = { owner: 'test', leaseMs: 60_000 };

/** Creates a job for a file. @returns Its id */
export async function createJob(server: TestServer, body: Record<string, unknown> = {}): Promise<string> {
  const file_input = body['file_input'] ?? (await server.upload());
  const request = { body: { configuration: CONFIGURATION, ...body, file_input } };
  const { json } = await server.call('POST', '/api/v2/classify', request);
  return json.id;
}

/** Takes up the oldest job, as a runner does. @returns Its id */
export async function startJob(server: TestServer): Promise<string> {
  return (await claimJob(server)).id;
}

/** Takes up the oldest job and completes it. @returns Its id */
export async function completeJob(server: TestServer, completion: Partial<JobCompletion> = {}): Promise<string> {
  const { id, sourceId } = await claimJob(server);
  const file = await server.store.files.get(sourceId);
  await server.store.jobs.complete(
    { id, owner: LEASE.owner },
    {
      result: { type: 'invoice', confidence: 0.97, reasoning: 'Page 1 says "Invoice 17".' },
      reading: {},
      contentHash: file?.contentHash ?? '0'.repeat(64),
      reasoningWithoutQuotes: 'Page 1 fits the rule.',
      explanation: EXPLANATION,
      ...completion,
    },
  );
  return id;
}

/** Takes up the oldest job and fails it. @returns Its id */
export async function failJob(server: TestServer): Promise<string> {
  const id = await startJob(server);
  await server.store.jobs.fail({ id, owner: LEASE.owner }, 'document.encrypted: the document is encrypted; unlock it');
  return id;
}

async function claimJob({ store }: TestServer): Promise<Job> {
  const job = await store.jobs.claim(LEASE);
  if (!job) throw new Error('no job is waiting');
  return job;
}
