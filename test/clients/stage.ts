import { createReadStream, type ReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type DocketServer, type ServerOptions, startServer } from '../support/docket-server.js';
import { fixturesFolder } from '../support/project.js';
import type { ClientName, Recorder } from './coverage/recorder.js';

/** What the suites of the clients play on. */
export interface Stage {
  /** A server for all of them: default settings, an empty data folder at first. */
  readonly server: SuiteServer;
  /** A server that wants {@link API_KEY}. */
  readonly keyed: SuiteServer;
  /** A server that works on one job at a time, and lets the pages of {@link ALLOWED_ORIGIN} call. */
  readonly busy: SuiteServer;
  /** A server that works on one job at a time, and lets one more wait. */
  readonly crowded: SuiteServer;
  readonly recorder: Recorder;
}

/** The key that the server with keys knows. */
export const API_KEY = 'llx-a-key-of-the-tests';

/** A site whose pages may call the busy server. */
export const ALLOWED_ORIGIN = 'https://intranet.example';

/** A server that runs while the tests of a suite do. Its address is known once they run. */
export interface SuiteServer {
  readonly url: string;
  /** What it wrote to standard error so far. */
  log(): string;
}

/** Starts servers before the tests of the suite that this is called in, all at once, and stops them after those. */
export function serversForSuite<Name extends string>(
  options: Readonly<Record<Name, ServerOptions | (() => ServerOptions)>>,
): Record<Name, SuiteServer> {
  const names = Object.keys(options) as Name[];
  const running = new Map<Name, DocketServer>();
  beforeAll(async () => {
    const starts = names.map(async (name) => {
      const chosen: ServerOptions | (() => ServerOptions) = options[name];
      running.set(name, await startServer(typeof chosen === 'function' ? chosen() : chosen));
    });
    await Promise.all(starts);
  }, 90_000);
  afterAll(async () => {
    await Promise.all([...running.values()].map((server) => server[Symbol.asyncDispose]()));
  });
  const serverOf = (name: Name) => {
    const server = running.get(name);
    if (!server) throw new Error('the server runs in tests alone');
    return server;
  };
  const suiteServer = (name: Name): SuiteServer => ({
    get url() {
      return serverOf(name).url;
    },
    log: () => serverOf(name).log(),
  });
  return Object.fromEntries(names.map((name) => [name, suiteServer(name)])) as Record<Name, SuiteServer>;
}

/** What a client of any version is made with. */
export function clientOptions({ server, recorder }: Stage, name: ClientName): ClientOptions {
  return { apiKey: 'llx-local', baseURL: server.url, fetch: recorder.fetchAs(name) };
}

/** The options that the clients of all versions have in common. */
export interface ClientOptions {
  readonly apiKey?: string;
  readonly baseURL?: string;
  readonly fetch?: typeof fetch;
  readonly maxRetries?: number;
  readonly defaultHeaders?: Record<string, string>;
}

/** Polls without the second of delay that the clients have by default. */
export const EAGER = { pollingInterval: 0.05, backoff: 'constant', timeout: 50 } as const;

/** The bytes of a fixture document. */
export function documentBytes(name: string): Buffer {
  return readFileSync(documentPath(name));
}

/** A fixture document as a file to upload. */
export function documentFile(name: string, as = name): File {
  return new File([documentBytes(name)], as);
}

/** A fixture document as a stream to upload. */
export function documentStream(name: string): ReadStream {
  return createReadStream(documentPath(name));
}

function documentPath(name: string): string {
  return join(fixturesFolder, 'documents', name);
}

/** Rules for the few documents that most tests use. */
export const RULES = [
  {
    type: 'invoice',
    description: 'A bill for goods or services, with an invoice number, line items and the total to pay.',
  },
  { type: 'contract', description: 'A legal agreement between two or more parties, in numbered clauses.' },
  { type: 'recipe', description: 'Instructions for cooking or baking a dish, with a list of ingredients.' },
];

/** A project that no other test uses: its lists begin empty. */
export function newProject(): string {
  return `prj-${crypto.randomUUID()}`;
}

type ItemOf<Items> = Items extends AsyncIterable<infer Item> ? Item : never;

/** Everything that an iteration over pages gives. */
export async function collect<Items extends AsyncIterable<unknown>>(items: Items): Promise<ItemOf<Items>[]> {
  const collected: unknown[] = [];
  for await (const item of items) collected.push(item);
  return collected as ItemOf<Items>[];
}

/** What a promise was rejected with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
