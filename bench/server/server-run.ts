import type { Rule } from '@docket/core';
import type { Racer } from '../race/race.js';
import { ApiClient } from './api-client.js';
import type { BenchDocument } from './bench-documents.js';
import { type Answers, nameAnswer } from './command-run.js';
import { CONCURRENCY, REQUESTS_AT_ONCE } from './machine.js';
import { mapConcurrently } from './map-concurrently.js';
import { type BenchServer, startServer } from './server-process.js';

/** What one run over HTTP is given. */
export interface ServerRunOptions {
  readonly warmUp: readonly BenchDocument[];
  readonly timed: readonly BenchDocument[];
  readonly rules: readonly Rule[];
  /** Of the server, beside those that all have. */
  readonly flags?: readonly string[];
  /** Processes that work for it. */
  readonly helpers?: readonly number[];
}

/** A new server that has all documents and has classified those that warm up. Disposing of it stops it. */
export class ServerRun implements Racer, AsyncDisposable {
  private constructor(
    private readonly server: BenchServer,
    private readonly client: ApiClient,
    private readonly options: ServerRunOptions,
    /** Of the documents to time. */
    private readonly ids: readonly string[],
  ) {}

  /** @throws Error when the server does not start or refuses something */
  static async prepare(options: ServerRunOptions): Promise<ServerRun> {
    const { warmUp, timed, rules, flags } = options;
    const server = await startServer(CONCURRENCY, flags);
    const client = new ApiClient(server.url);
    try {
      const warmUpIds = await uploadAll(client, warmUp);
      const ids = await uploadAll(client, timed);
      await classifyAll(client, warmUpIds, rules);
      return new ServerRun(server, client, options, ids);
    } catch (error) {
      client[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get processIds(): readonly number[] {
    return [this.server.processId, ...(this.options.helpers ?? [])];
  }

  /** Classifies the documents to time: from the first create until the last job has ended. */
  async work(): Promise<void> {
    await classifyAll(this.client, this.ids, this.options.rules);
  }

  /** @throws Error when a job did not complete */
  async answers(): Promise<Answers> {
    const nameOf = new Map(this.ids.map((id, index) => [id, this.options.timed[index]?.name ?? '']));
    const answers = new Map<string, string>();
    for (const { id, file_input, status, result, error_message } of await this.client.allJobs()) {
      if (status !== 'COMPLETED' || !result) throw new Error(`job ${id} is ${status}: ${error_message}`);
      const name = nameOf.get(file_input);
      if (name !== undefined) answers.set(name, nameAnswer(result.type, result.confidence));
    }
    return answers;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client[Symbol.dispose]();
    await this.server[Symbol.asyncDispose]();
  }
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
