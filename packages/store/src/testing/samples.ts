import type { Job, NewFile, NewParseJob, ParseJob, ParseOutcome, Store, StoredFile } from '../index.js';
import type { ForgettingOptions } from '../ports/file-store.js';
import type { JobCompletion, NewJob } from '../ports/job-store.js';
import type { LeaseOptions } from '../ports/leases.js';

/** A project that tests write to when they need no other. */
export const PROJECT = '11111111-1111-4111-8111-111111111111';

/** How tests take up work. */
export const WORKER: LeaseOptions = { owner: 'worker-1', leaseMs: 60_000 };

export function makeJob(change: Partial<NewJob> = {}): NewJob {
  return {
    projectId: PROJECT,
    inputType: 'file_id',
    input: 'dfl-a',
    sourceId: 'dfl-a',
    configuration: {
      rules: [{ type: 'invoice', description: 'has an invoice number and a total due' }],
      mode: 'FAST',
      parsing: { lang: 'en', targetPages: null, maxPages: 5 },
    },
    configurationId: null,
    transactionId: null,
    parseJobId: null,
    webhooks: null,
    ...change,
  };
}

export function makeCompletion(change: Partial<JobCompletion> = {}): JobCompletion {
  return {
    result: { type: 'invoice', confidence: 0.97, reasoning: 'page 1 says "total due"' },
    reading: {},
    contentHash: 'ab'.repeat(32),
    reasoningWithoutQuotes: 'page 1 says so',
    explanation: { evidence: [{ page: 1, quote: 'total due' }] },
    ...change,
  };
}

export function makeFile(change: Partial<NewFile> = {}): NewFile {
  return {
    projectId: PROJECT,
    name: 'letter.txt',
    purpose: 'classify',
    externalFileId: null,
    expiresAt: null,
    ...change,
  };
}

export function makeParse({ id, name, contentHash }: StoredFile, change: Partial<NewParseJob> = {}): NewParseJob {
  return { projectId: PROJECT, fileId: id, name, contentHash, tier: 'fast', parsing: null, ...change };
}

/** What a parse job of one page read. */
export const OUTCOME: ParseOutcome = { readerIdentity: 'plain-1', pages: [1], pageCount: 1 };

export async function createJob(store: Store, change: Partial<NewJob> = {}): Promise<Job> {
  const creation = await store.jobs.create(makeJob(change), { maxPending: 1_000_000 });
  if (creation.outcome === 'full') throw new Error('the queue is full');
  return creation.job;
}

/** Stores a file with a text as its content. */
export async function createFile(store: Store, text: string, change: Partial<NewFile> = {}): Promise<StoredFile> {
  await using content = await store.files.receive(chunksOf(text), { maxBytes: 1_000_000 });
  return await store.files.create(makeFile(change), content);
}

/** Bytes of texts, one chunk each. */
export async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Takes up a job and lets it end well. */
export async function completeJob(
  store: Store,
  change: Partial<JobCompletion> = {},
  options: ForgettingOptions = {},
): Promise<Job> {
  const job = await claimed(store);
  await store.jobs.complete({ id: job.id, owner: WORKER.owner }, makeCompletion(change), options);
  return await known(store.jobs.get(job.id));
}

/** Leaves a parse job of a file behind, as the classification of that file does. */
export async function parsed(store: Store, file: StoredFile, change: Partial<NewParseJob> = {}): Promise<ParseJob> {
  await createJob(store);
  const parse = { job: makeParse(file, change), outcome: OUTCOME };
  const { parseJobId } = await completeJob(store, { reading: { parse } });
  return await known(store.parses.get(parseJobId ?? ''));
}

/** Takes up the next job. */
export function claimed(store: Store): Promise<Job> {
  return known(store.jobs.claim(WORKER));
}

/** What a promise gives, which must be something. */
export async function known<Value>(promise: Promise<Value | undefined>): Promise<Value> {
  const value = await promise;
  if (value === undefined) throw new Error('there is none');
  return value;
}
