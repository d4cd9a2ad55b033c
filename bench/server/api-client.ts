import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Rule } from '@docket/core';

/** A job as far as it matters here, spelt as on the wire. */
export interface WireJob {
  readonly id: string;
  readonly status: 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly file_input: string;
  readonly result: { readonly type: string | null; readonly confidence: number } | null;
  readonly error_message: string | null;
}

/** How a job came to its end, as far as it matters here. */
export interface WireExplanation {
  readonly timings: { readonly read_ms: number; readonly score_ms: number };
  /** Whether its pages were known. */
  readonly is_recalled: boolean;
}

interface WirePage<Item> {
  readonly items: readonly Item[];
  readonly next_page_token: string | null;
  readonly total_size: number;
}

interface Sending {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Uint8Array | Readable;
}

const BOUNDARY = 'docket-bench-boundary';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Bounds of the pause between two looks at how many jobs are left. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/** Well below what a job takes: no pause goes beyond the end of the last one, also when its side of a race runs alone by then. */
const PAUSE_MS_PER_JOB = 5;

/**
 * A client of the server that costs as little as one can: kept connections, no retries, answers parsed where needed.
 * All methods throw an Error when the status is not a good one.
 */
export class ApiClient implements Disposable {
  private readonly agent: Agent;

  /** @param connections Most of them at once; what goes beyond waits in the client */
  constructor(
    private readonly url: string,
    connections = 8,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Uploads a small document. @returns The id of the file */
  async upload(name: string, bytes: Uint8Array): Promise<string> {
    const [head, tail] = formAround(name);
    return await this.uploadForm(Buffer.concat([head, bytes, tail]));
  }

  /** Uploads what is made while it is sent. @returns The id of the file */
  async uploadStream(name: string, size: number, chunks: () => Iterable<Uint8Array>): Promise<string> {
    const [head, tail] = formAround(name);
    const parts = function* () {
      yield head;
      yield* chunks();
      yield tail;
    };
    return await this.uploadForm(Readable.from(parts()), head.length + size + tail.length);
  }

  /** Creates a job. @param waitSeconds Longest time that the answer waits for its end */
  async createJob(fileId: string, rules: readonly Rule[], waitSeconds = 0): Promise<WireJob> {
    const body = Buffer.from(JSON.stringify({ file_input: fileId, configuration: { rules } }));
    const headers = { ...JSON_TYPE, ...(waitSeconds > 0 ? { prefer: `wait=${waitSeconds}` } : {}) };
    return JSON.parse(await this.send({ method: 'POST', path: '/api/v2/classify', headers, body }));
  }

  async getJob(id: string): Promise<WireJob> {
    return JSON.parse(await this.fetchJob(id));
  }

  /** Like {@link getJob}, as text. */
  fetchJob(id: string): Promise<string> {
    return this.send({ path: `/api/v2/classify/${id}` });
  }

  async explainJob(id: string): Promise<WireExplanation> {
    return JSON.parse(await this.send({ path: `/api/local/classify/${id}/explanation` }));
  }

  async countJobs(status: WireJob['status']): Promise<number> {
    return (await this.listJobs(`status=${status}&page_size=1`)).total_size;
  }

  /** All jobs there are. */
  async allJobs(): Promise<WireJob[]> {
    const jobs: WireJob[] = [];
    let token: string | null = '';
    while (token !== null) {
      const page: WirePage<WireJob> = await this.listJobs(`page_size=100&page_token=${encodeURIComponent(token)}`);
      jobs.push(...page.items);
      token = page.next_page_token;
    }
    return jobs;
  }

  /**
   * Waits until no job waits or runs. Looks seldom while there are many left and often towards the end, so that it costs
   * little and still sees the end within some 10 ms.
   */
  async waitForEnd(): Promise<void> {
    for (;;) {
      // In this order: a job that is taken up between the two questions is still seen.
      const left = (await this.countJobs('PENDING')) + (await this.countJobs('RUNNING'));
      if (left === 0) return;
      await delay(Math.min(Math.max(PAUSE_MS_PER_JOB * left, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
    }
  }

  [Symbol.dispose](): void {
    this.agent.destroy();
  }

  private async listJobs(query: string): Promise<WirePage<WireJob>> {
    return JSON.parse(await this.send({ path: `/api/v2/classify?${query}` }));
  }

  private async uploadForm(body: Buffer | Readable, size = (body as Buffer).length): Promise<string> {
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': size };
    return JSON.parse(await this.send({ method: 'POST', path: '/api/v1/beta/files', headers, body })).id;
  }

  private send({ method = 'GET', path, headers = {}, body }: Sending): Promise<string> {
    const lengths = body instanceof Uint8Array ? { 'content-length': body.length } : {};
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${this.url}${path}`,
        { agent: this.agent, method, headers: { ...lengths, ...headers } },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const { statusCode = 0 } = incoming;
            if (statusCode < 300) resolve(text);
            else reject(new Error(`${method} ${path.split('?')[0]}: ${statusCode} ${text.slice(0, 300)}`));
          });
        },
      );
      outgoing.on('error', reject);
      if (body instanceof Readable) body.on('error', reject).pipe(outgoing);
      else outgoing.end(body);
    });
  }
}

/** What comes before and after the bytes of a file in a form. */
function formAround(name: string): [head: Buffer, tail: Buffer] {
  const part = (disposition: string) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
  const head = `${part('name="purpose"')}\r\nclassify\r\n${part(`name="file"; filename="${name}"`)}\r\n`;
  return [Buffer.from(head), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)];
}
