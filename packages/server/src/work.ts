import type { SettingValues } from '@docket/core';
import { openStoreOf } from './open-store-of.js';
import { createLogger } from './operations/logger.js';
import { createMetrics } from './operations/metrics.js';
import { once } from './operations/once.js';
import { readTunings, startRunner } from './runner/start-runner.js';

/** How a worker is started. */
export interface StartWorkerOptions {
  readonly values: SettingValues;
  /** Takes the log: JSON lines. */
  readonly logStream: NodeJS.WritableStream;
}

/** A process that does jobs which servers accept. */
export interface RunningWorker {
  /** Rejects when it cannot do its work: the engine's self-test failed, or a tuning is of another engine. Never resolves. */
  readonly failure: Promise<never>;
  /** Finishes or gives back what runs. Takes at most 10 seconds. */
  stop(): Promise<void>;
}

/**
 * Starts a worker: it takes up jobs of the database that it shares with servers, and listens to no requests.
 * @throws DocketError `request.invalid_usage` without a database; `request.invalid_configuration`, `state.*`,
 *   `resource.file_not_found` (tunings), `request.invalid_rules`
 */
export async function startWorker({ values, logStream }: StartWorkerOptions): Promise<RunningWorker> {
  const logger = createLogger(logStream);
  const tunings = await readTunings(values);
  const store = await openStoreOf(values, 'docket worker');
  const metrics = createMetrics({ store, restarts: () => 0 });
  const runner = startRunner({ values, store, tunings, logger, metrics, serves: false, works: true });
  logger.info({ home: values.home, tunings: tunings.size }, 'starting');
  runner.selfTest.then(
    () => logger.info('ready'),
    () => {},
  );
  const stop = async () => {
    logger.info('stopping');
    await runner.stop();
    await store.close();
    logger.info('stopped');
  };
  return { failure: runner.selfTest.then(() => new Promise<never>(() => {})), stop: once(stop) };
}
