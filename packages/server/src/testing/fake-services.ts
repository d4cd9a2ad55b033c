import type { JobStatus } from '@docket/store';
import type { Logger } from 'pino';
import { createLogger } from '../operations/logger.js';
import { createMetrics } from '../operations/metrics.js';
import type { ServerFacts } from '../operations/server-state.js';
import type { Runner, ServerSettings, Services } from '../services.js';

/** What a test wants of its services. */
export interface FakeServicesOptions {
  readonly settings?: Partial<ServerSettings>;
  readonly store?: Partial<Services['store']>;
  readonly runner?: Partial<Runner>;
}

/** Services behind which nothing is, with all that they logged. */
export interface FakeServices extends Services {
  readonly logged: readonly Record<string, unknown>[];
}

/** Makes services for tests of the HTTP side alone: what a test does not give throws when it is used. */
export function makeFakeServices({ settings = {}, store = {}, runner = {} }: FakeServicesOptions = {}): FakeServices {
  const logged: Record<string, unknown>[] = [];
  const logger: Logger = createLogger({ write: (line) => void logged.push(JSON.parse(line)) });
  const fakeStore = {
    jobs: { counts: async () => ({ byStatus: NO_JOBS }) },
    probe: async () => {},
    freeBytes: async () => 1e12,
    nowMs: () => Date.now(),
    secret: new Uint8Array(32),
    ...store,
  } as Services['store'];
  return {
    logged,
    logger,
    store: fakeStore,
    foreground: {} as Services['foreground'],
    events: {} as Services['events'],
    runs: {} as Services['runs'],
    runner: { selfTest: Promise.resolve(), jobsPerSecond: 0, restarts: 0, ...runner } as Runner,
    settings: { ...SETTINGS, ...settings },
    facts: SERVER_FACTS,
    metrics: createMetrics({ store: fakeStore, restarts: () => 0 }),
  };
}

/** What is known of a server that was started for a test. */
export const SERVER_FACTS: ServerFacts = {
  scorer: 'evidence',
  ocrMode: 'auto',
  modelsFolder: '/nowhere',
  processes: 1,
  database: 'sqlite',
  startedAt: new Date(0),
};

const NO_JOBS: Record<JobStatus, number> = { PENDING: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };

const SETTINGS: ServerSettings = {
  host: '127.0.0.1',
  allowOrigins: [],
  maxUploadBytes: 1024 * 1024,
  maxPendingJobs: 10,
  minFreeBytes: 0,
  purgeQuotesOnDelete: false,
};
