import { createLogger } from '../../packages/server/src/operations/logger.js';
import { createMetrics } from '../../packages/server/src/operations/metrics.js';
import { JobRunner } from '../../packages/server/src/runner/job-runner.js';
import { Tunings } from '../../packages/server/src/runner/tunings.js';
import type { Store } from '../../packages/store/src/index.js';
import { WaitingPool } from './waiting-pool.js';

/** Starts the runner of `docket worker` on an engine that only waits. */
export async function startWaitingWorker(store: Store, waitMs: number, onStart?: () => void): Promise<JobRunner> {
  const logger = createLogger({ write: () => {} });
  const runner = new JobRunner({
    store,
    pool: new WaitingPool(waitMs, onStart),
    tunings: Tunings.NONE,
    logger,
    metrics: createMetrics({ store, restarts: () => 0 }),
    defaultMaxPages: 12,
    purgeQuotesOnDelete: false,
  });
  await runner.selfTest;
  return runner;
}
