import type { TestDocument } from './documents.js';

/** A classify job, as the server answers it. */
export interface ApiJob {
  readonly id: string;
  readonly status: 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly created_at: string;
  readonly file_input: string;
  readonly result: { readonly type: string | null; readonly confidence: number; readonly reasoning: string } | null;
  readonly error_message: string | null;
  readonly transaction_id: string | null;
  readonly parse_job_id: string | null;
}

/** A file, as the server answers it. */
export interface ApiFile {
  readonly id: string;
  readonly name: string;
}

/** Part of a list, as the server answers it. */
export interface ApiPage<Item> {
  readonly items: readonly Item[];
  readonly next_page_token: string | null;
  readonly total_size: number;
}

/** An answer of any status. */
export interface ApiAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON; null when it is empty. */
  readonly body: Body;
}

/** Query parameters; a list is sent as repeated keys. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** What is sent beside method and path. */
export interface RequestOptions {
  readonly query?: Query;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

const FINAL: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
const POLL_INTERVAL_MS = 50;
const LONGEST_WAIT_MS = 45_000;

/** As little of a client as these suites need: no retries, no waiting of its own. */
export class ApiClient {
  /** @param url Of the server, without a trailing slash */
  constructor(readonly url: string) {}

  /** Sends a request and takes any answer. */
  async send<Body = unknown>(method: string, path: string, options: RequestOptions = {}): Promise<ApiAnswer<Body>> {
    const { query = {}, json, form, headers = {} } = options;
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const one of typeof value === 'object' ? value : [String(value)]) parameters.append(name, one);
    }
    const response = await fetch(`${this.url}${path}?${parameters}`, {
      method,
      headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: form ?? (json === undefined ? null : JSON.stringify(json)),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const body = text === '' ? null : isJson ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body };
  }

  /** Sends a request that must succeed. @throws Error with the whole answer when it does not */
  async request<Body>(method: string, path: string, options: RequestOptions = {}): Promise<Body> {
    const { status, body } = await this.send<Body>(method, path, options);
    if (status >= 200 && status < 300) return body;
    throw new Error(`${method} ${path} was answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Sends an upload and takes any answer. */
  sendFile({ name, bytes }: TestDocument, query: Query = {}): Promise<ApiAnswer<ApiFile>> {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(bytes)], name));
    form.set('purpose', 'classify');
    return this.send('POST', '/api/v1/beta/files', { query, form });
  }

  async upload(document: TestDocument, query: Query = {}): Promise<ApiFile> {
    const { status, body } = await this.sendFile(document, query);
    if (status !== 201) throw new Error(`the upload was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  deleteFile(id: string): Promise<unknown> {
    return this.request('DELETE', `/api/v1/beta/files/${id}`);
  }

  create(body: unknown): Promise<ApiJob> {
    return this.request('POST', '/api/v2/classify', { json: body });
  }

  /** Sends a create and takes any answer. */
  sendCreate(body: unknown): Promise<ApiAnswer<ApiJob & { readonly detail?: unknown }>> {
    return this.send('POST', '/api/v2/classify', { json: body });
  }

  job(id: string): Promise<ApiJob> {
    return this.request('GET', `/api/v2/classify/${id}`);
  }

  jobPage(query: Query = {}): Promise<ApiPage<ApiJob>> {
    return this.request('GET', '/api/v2/classify', { query });
  }

  /** All jobs of a list, page by page. */
  async jobs(query: Query = {}): Promise<ApiJob[]> {
    const jobs: ApiJob[] = [];
    let token: string | null = '';
    do {
      const page: ApiPage<ApiJob> = await this.jobPage({ page_size: 100, ...query, page_token: token });
      jobs.push(...page.items);
      token = page.next_page_token;
    } while (token !== null);
    return jobs;
  }

  /** What it takes to create a job and see its end. @throws Error when it does not end in time */
  async classify(body: unknown): Promise<ApiJob> {
    const { id } = await this.create(body);
    return this.ended(id);
  }

  /** Waits for the end of a job. @throws Error when it does not end in time */
  async ended(id: string): Promise<ApiJob> {
    let job = await this.job(id);
    await until(`the end of job ${id}`, async () => {
      job = await this.job(id);
      return FINAL.has(job.status);
    });
    return job;
  }

  /** Waits until no job waits or runs, however many there are. @throws Error when none of them ended for so long */
  async allEnded(stallMs = LONGEST_WAIT_MS): Promise<void> {
    const count = async (status: string) => (await this.jobPage({ status, page_size: 1 })).total_size;
    let [pending, running] = [0, 0];
    const about = () => `the end of all jobs: ${pending} wait, ${running} run`;
    const countLeft = async () => {
      // In this order: a job that is taken up in between is seen on one of both sides.
      pending = await count('PENDING');
      running = await count('RUNNING');
      return pending + running;
    };
    await untilNoneIsLeft(about, countLeft, stallMs);
  }
}

/** Waits until a number has come down to 0, however long that takes. @throws Error when it did not change for so long */
export async function untilNoneIsLeft(
  what: () => string,
  countLeft: () => Promise<number>,
  stallMs = LONGEST_WAIT_MS,
): Promise<void> {
  let last = await countLeft();
  while (last > 0) {
    const left = last;
    const hasChanged = async () => {
      last = await countLeft();
      return last !== left;
    };
    await until(what, hasChanged, stallMs);
  }
}

/** Asks again and again until something holds. @throws Error when it does not in time */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  timeoutMs = LONGEST_WAIT_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs} ms in vain for ${typeof what === 'string' ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
