import type { Rule } from '@docket/core';
import { ApiClient } from './api-client.js';
import type { BenchDocument } from './bench-documents.js';
import { nameAnswer, type TimedBatch } from './command-run.js';
import { CONCURRENCY, REQUESTS_AT_ONCE } from './machine.js';
import { mapConcurrently } from './map-concurrently.js';
import { startServer } from './server-process.js';

/** What one run over HTTP is given. */
export interface ServerRunOptions {
  readonly warmUp: readonly BenchDocument[];
  readonly timed: readonly BenchDocument[];
  readonly rules: readonly Rule[];
  /** Of the server, beside those that all have. */
  readonly flags?: readonly string[];
}

/**
 * Classifies documents through a new server, and times those that do not warm up: from the first create until the last
 * job has ended. All of them are uploaded before that.
 * @throws Error when a job did not complete
 */
export async function runServer({ warmUp, timed, rules, flags }: ServerRunOptions): Promise<TimedBatch> {
  await using server = await startServer(CONCURRENCY, flags);
  using client = new ApiClient(server.url);
  const warmUpIds = await uploadAll(client, warmUp);
  const timedIds = await uploadAll(client, timed);
  await classifyAll(client, warmUpIds, rules);
  const started = performance.now();
  await classifyAll(client, timedIds, rules);
  const tookMs = performance.now() - started;
  const nameOf = new Map(timedIds.map((id, index) => [id, timed[index]?.name ?? '']));
  const answers = new Map<string, string>();
  for (const { id, file_input, status, result, error_message } of await client.allJobs()) {
    if (status !== 'COMPLETED' || !result) throw new Error(`job ${id} is ${status}: ${error_message}`);
    const name = nameOf.get(file_input);
    if (name !== undefined) answers.set(name, nameAnswer(result.type, result.confidence));
  }
  return { tookMs, answers };
}

/** Uploads documents. @returns The ids of the files, in their order */
export function uploadAll(client: ApiClient, documents: readonly BenchDocument[]): Promise<string[]> {
  return mapConcurrently(documents, REQUESTS_AT_ONCE, ({ name, bytes }) => client.upload(name, bytes));
}

/** Creates a job for each file and waits for the end of all. */
export async function classifyAll(client: ApiClient, ids: readonly string[], rules: readonly Rule[]): Promise<void> {
  await mapConcurrently(ids, REQUESTS_AT_ONCE, (id) => client.createJob(id, rules));
  await client.waitForEnd();
}
