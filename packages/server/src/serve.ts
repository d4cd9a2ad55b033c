import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { DocketError, modelsFolder, type SettingValues, timeToLiveMs } from '@docket/core';
import type { Store } from '@docket/store';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { JobEvents } from './events/job-events.js';
import { startForeground } from './foreground/start-foreground.js';
import { createHttpServer } from './http/http-server.js';
import { openStoreOf } from './open-store-of.js';
import { createLogger } from './operations/logger.js';
import { createMetrics } from './operations/metrics.js';
import { once } from './operations/once.js';
import { startRetention } from './operations/retention.js';
import type { ServerFacts } from './operations/server-state.js';
import { Deadline } from './runner/deadline.js';
import { readTunings, startRunner } from './runner/start-runner.js';
import type { Tunings } from './runner/tunings.js';
import { BenchRuns } from './runs/bench-runs.js';
import { readServerSettings } from './server-settings.js';
import type { ServerSettings } from './services.js';

/** How a server is started. */
export interface StartServerOptions {
  readonly values: SettingValues;
  /** Takes the log: JSON lines. */
  readonly logStream: NodeJS.WritableStream;
  /** Whether it leaves the work to workers; only with a PostgreSQL database. @default false */
  readonly onlyServes?: boolean;
}

/** A server that listens. */
export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:8484`. */
  readonly url: string;
  /** Rejects when the server cannot do its work: the engine's self-test failed, or a tuning is of another engine. Never resolves. */
  readonly failure: Promise<never>;
  /** Takes no more requests, finishes or gives back what runs, closes everything. Takes at most 10 seconds. */
  stop(): Promise<void>;
}

/** How long answers may still be on their way when nothing runs any more. */
const CLOSE_GRACE_MS = 500;

/** By when everything that needs the store has ended or is given up: it may hang. */
const STOP_MS = 9_000;

/**
 * Starts the server: opens the store, listens, starts the engine, takes up jobs that an earlier server left.
 * @throws DocketError `request.invalid_configuration`, `state.*`, `capacity.disk_full`, `resource.file_not_found` (API key file, tunings),
 *   `request.invalid_rules` and `request.stale_tuning` (tunings)
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { values, logStream, onlyServes = false } = options;
  const { settings, warnings } = await readServerSettings(values);
  const logger = createLogger(logStream);
  for (const warning of warnings) logger.warn(warning);
  const tunings = await readTunings(values);
  const startWebhooks = await prepareWebhooks(values['webhook.allow']);
  const store = await openStoreOf(values, onlyServes ? 'docket serve --no-worker' : undefined);
  try {
    return await serveFrom(store, { values, settings, logger, tunings, startWebhooks, onlyServes });
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface ServeParts {
  readonly values: SettingValues;
  readonly settings: ServerSettings;
  readonly logger: Logger;
  readonly tunings: Tunings;
  readonly startWebhooks: Awaited<ReturnType<typeof prepareWebhooks>>;
  readonly onlyServes: boolean;
}

/** Closes the store when the server stops, and not when it fails to start. */
async function serveFrom(store: Store, parts: ServeParts): Promise<RunningServer> {
  const { values, settings, logger, tunings, startWebhooks, onlyServes } = parts;
  const hasWebhooks = startWebhooks !== undefined;
  const metrics = createMetrics({ store, restarts: () => runner.restarts, hasWebhooks });
  const webhooks = startWebhooks?.({ store, logger, metrics });
  const runner = startRunner({ values, store, tunings, logger, metrics, serves: true, works: !onlyServes, webhooks });
  const foreground = startForeground(values, { store, tunings, logger });
  const events = new JobEvents({ store, logger });
  const app = createApp({
    store,
    runner,
    foreground,
    events,
    settings,
    runs: new BenchRuns(values['server.runs']),
    facts: factsOf(values, { store, onlyServes }),
    logger,
    metrics,
    webhooks,
  });
  const http = createHttpServer(app);
  let url: string;
  try {
    url = await listen(http, settings, values['server.port']);
  } catch (error) {
    await Promise.all([runner.stop(), webhooks?.stop()]);
    throw error;
  }
  logger.info({ url, home: values.home, tunings: tunings.size }, 'listening');
  const { purgeQuotesOnDelete } = settings;
  const endRetention = startRetention({ store, purgeQuotesOnDelete, logger, ...retentionOf(values) });
  runner.selfTest.then(
    () => logger.info('ready'),
    () => {},
  );
  const stop = async () => {
    logger.info('stopping');
    const end = new Deadline(STOP_MS);
    const retentionEnded = endRetention();
    const closed = new Promise((resolve) => http.close(resolve));
    events.close();
    http.closeIdleConnections();
    await end.wait(Promise.all([runner.stop(), webhooks?.stop()]));
    await Promise.race([closed, delay(CLOSE_GRACE_MS)]);
    await foreground.close();
    http.closeAllConnections();
    await end.wait(retentionEnded);
    await store.close();
    logger.info('stopped');
  };
  return { url, failure: runner.selfTest.then(() => new Promise<never>(() => {})), stop: once(stop) };
}

/** Loads what delivers webhooks, if any may be delivered. @returns Starts it */
async function prepareWebhooks(allow: string) {
  if (allow.trim() === '') return undefined;
  const { prepareWebhooks } = await import('./webhooks/prepare-webhooks.js');
  return prepareWebhooks(allow);
}

function listen(http: Server, { host }: ServerSettings, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, error)));
    http.listen(port, host, () => {
      const { port: bound } = http.address() as AddressInfo;
      resolve(`http://${isIPv6(host) ? `[${host}]` : host}:${bound}`);
    });
  });
}

function factsOf(values: SettingValues, { store, onlyServes }: FactsContext): ServerFacts {
  return {
    scorer: values.scorer,
    ocrMode: values.ocr,
    modelsFolder: modelsFolder(values.home),
    processes: onlyServes ? 0 : values.concurrency || availableParallelism(),
    database: store.cluster ? 'postgresql' : 'sqlite',
    startedAt: new Date(),
  };
}

interface FactsContext {
  readonly store: Store;
  readonly onlyServes: boolean;
}

function retentionOf(values: SettingValues) {
  return {
    jobsMs: timeToLiveMs(values['retention.jobs']),
    filesMs: timeToLiveMs(values['retention.files']),
    resultsMs: timeToLiveMs(values['retention.results']),
    webhooksMs: timeToLiveMs(values['retention.webhooks']),
  };
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): DocketError {
  const why = error.code === 'EADDRINUSE' ? 'another program has it' : (error.code ?? error.message);
  const message = `${host} port ${port} cannot be bound: ${why}; choose another with --host and --port`;
  return new DocketError('request.invalid_configuration', message, { cause: error, data: { host, port } });
}
