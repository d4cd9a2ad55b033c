import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, EnginePool } from '@docket/core';
import { openStore, type Store } from '@docket/store';
import { pino } from 'pino';
import { createApp } from '../app.js';
import { JobEvents, type JobEventsOptions } from '../events/job-events.js';
import { Foreground } from '../foreground/foreground.js';
import type { ForegroundPool } from '../foreground/on-demand-pool.js';
import { createHttpServer, type HttpServerOptions } from '../http/http-server.js';
import { createMetrics } from '../operations/metrics.js';
import { Tunings } from '../runner/tunings.js';
import { BenchRuns } from '../runs/bench-runs.js';
import type { ServerSettings, Services } from '../services.js';
import { FakeRunner } from './fake-runner.js';
import { SERVER_FACTS } from './fake-services.js';
import { checkAnswer } from './response-schemas.js';

/** A request of a test. */
export interface TestRequest {
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Is sent as JSON. */
  readonly body?: unknown;
  readonly form?: FormData;
  /** Is sent as it is. */
  readonly raw?: { readonly bytes: Uint8Array; readonly contentType: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that has passed the strict schema of its endpoint. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: its schema was checked; tests look into it freely
  readonly json: any;
}

/** What of the services a test sets. */
export interface TestServices {
  readonly makePool?: () => ForegroundPool;
  readonly events?: Partial<JobEventsOptions>;
  readonly runsFolder?: string;
}

/** A server on a free port with a real store in a temporary folder, and a runner that tests drive. */
export class TestServer implements AsyncDisposable {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly services: Services & { readonly runner: FakeRunner },
    private readonly app: ReturnType<typeof createApp>,
    private readonly http: Server,
  ) {}

  static async start(
    overrides: Partial<ServerSettings> = {},
    wrapStore = (store: Store) => store,
    httpOptions: HttpServerOptions = {},
    { makePool = makeRealPool, events: eventOptions = {}, runsFolder = '' }: TestServices = {},
  ): Promise<TestServer> {
    const folder = await mkdtemp(join(tmpdir(), 'docket-server-test-'));
    const store = wrapStore(await openStore({ folder }));
    const settings = { ...DEFAULT_SETTINGS, ...overrides };
    const runner = new FakeRunner();
    const metrics = createMetrics({ store, restarts: () => 0 });
    const logger = pino({ level: 'silent' });
    const foreground = new Foreground({
      store,
      tunings: Tunings.NONE,
      logger,
      defaultMaxPages: 5,
      concurrency: 1,
      makePool,
    });
    const events = new JobEvents({ store, logger, ...eventOptions });
    const services = {
      store,
      runner,
      foreground,
      events,
      runs: new BenchRuns(runsFolder),
      settings,
      facts: SERVER_FACTS,
      logger,
      metrics,
    };
    const app = createApp(services);
    const http = createHttpServer(app, httpOptions);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    return new TestServer(url, folder, services, app, http);
  }

  get store(): Store {
    return this.services.store;
  }

  get runner(): FakeRunner {
    return this.services.runner;
  }

  /** Sends a request and checks the answer against the schema of its endpoint. */
  async call(method: string, path: string, request: TestRequest = {}): Promise<TestAnswer> {
    const url = new URL(path, this.url);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      for (const item of [value].flat()) url.searchParams.append(key, String(item));
    }
    const response = await fetch(url, { method, ...contentOf(request) });
    const text = await response.text();
    const json = text === '' ? undefined : JSON.parse(text);
    checkAnswer(this.app, { method, path: url.pathname, status: response.status, json });
    return { status: response.status, headers: response.headers, json };
  }

  /** Uploads a small file. @returns Its id */
  async upload(name = 'invoice.txt', content = 'Invoice 17, total due 90.00'): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([content]), name);
    form.append('purpose', 'classify');
    const { json } = await this.call('POST', '/api/v1/beta/files', { form });
    return json.id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.services.events.close();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
    await this.services.foreground.close();
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Its processes start when a test needs them. */
function makeRealPool(): EnginePool {
  return new EnginePool({ engine: { scorer: 'evidence' }, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
}

function contentOf({ body, form, raw, headers }: TestRequest): RequestInit {
  if (form) return { body: form, headers: { ...headers } };
  if (raw) {
    const type = raw.contentType === '' ? undefined : raw.contentType;
    return { body: Buffer.from(raw.bytes), headers: { ...(type ? { 'content-type': type } : {}), ...headers } };
  }
  if (body === undefined) return { headers: { ...headers } };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

const DEFAULT_SETTINGS: ServerSettings = {
  host: '127.0.0.1',
  allowOrigins: [],
  maxUploadBytes: 1024 ** 2,
  maxPendingJobs: 1000,
  minFreeBytes: 0,
  purgeQuotesOnDelete: false,
};
