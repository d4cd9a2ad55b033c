import { randomUUID } from 'node:crypto';
import type { EnginePool } from '@docket/core';
import { DocketError, testEngine } from '@docket/core';
import type { Job, Store } from '@docket/store';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics.js';
import type { Runner } from '../services.js';
import { JobEnds } from './job-ends.js';
import { ClusterLink, engineName, type Presence } from './presence.js';
import { StoreFaults } from './store-faults.js';
import { untilStored } from './until-stored.js';

/** What a {@link Supervisor} works with. */
export interface SupervisorOptions {
  readonly store: Store;
  /** Is asked once what answers would be made by, and closed then. */
  readonly pool: Pick<EnginePool, 'classify' | 'close'>;
  readonly presence: Presence;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const BEAT_MS = 5_000;

/**
 * Stands in for a runner in a server that leaves the work to others: sees to it that what workers lost is taken up again, and
 * hears when jobs end.
 */
export class Supervisor implements Runner {
  readonly selfTest: Promise<void>;
  readonly restarts = 0;
  engine: string | undefined;
  jobsPerSecond = 0;
  private readonly ends: JobEnds;
  private readonly link: ClusterLink;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly faults: StoreFaults;
  private lastEnded: { readonly jobs: number; readonly at: number } | undefined;
  private beating: Promise<void> | undefined;

  constructor(private readonly options: SupervisorOptions) {
    const { store, presence } = options;
    this.faults = new StoreFaults(options.logger);
    this.ends = new JobEnds(store);
    this.link = new ClusterLink({
      cluster: store.cluster,
      presence,
      id: `server-${randomUUID()}`,
      concurrency: 0,
      onWork: () => {},
      onCancelled: () => {},
    });
    this.heartbeat = setInterval(() => this.beat(), BEAT_MS).unref();
    this.selfTest = this.start();
    // Whoever wants to know looks at it; nobody needs to.
    this.selfTest.catch(() => {});
  }

  /** The store has told the workers. */
  wake(): void {}

  /** The store has told the workers. */
  abort(jobId: string): void {
    this.options.metrics.countEnded('CANCELLED');
    this.ends.tell(jobId);
  }

  waitForEnd(jobId: string, timeoutMs: number, signal?: AbortSignal): Promise<Job | undefined> {
    return this.ends.wait(jobId, timeoutMs, signal);
  }

  async stop(): Promise<void> {
    clearInterval(this.heartbeat);
    await this.options.pool.close();
    await this.beating;
    this.ends.close();
    await this.link.close();
  }

  private async start(): Promise<void> {
    await untilStored(() => this.options.store.probe(), this.options);
    this.engine = await this.findEngine();
    await this.link.reportAlive(this.engine, 0);
  }

  /** A server need not have the models of its workers: then it expects nothing of their answers. */
  private async findEngine(): Promise<string | undefined> {
    const { pool, logger } = this.options;
    try {
      const { result } = await testEngine(pool);
      return engineName(result.scorer);
    } catch (err) {
      if (!(err instanceof DocketError && err.code.startsWith('model.'))) throw err;
      logger.warn({ err }, 'the engine cannot be loaded here, so answers of workers are not compared with it');
      return undefined;
    } finally {
      await pool.close();
    }
  }

  private beat(): void {
    this.beating ??= this.look().finally(() => {
      this.beating = undefined;
    });
  }

  /** Never rejects. */
  private async look(): Promise<void> {
    const { store, logger } = this.options;
    try {
      await this.link.reportAlive(this.engine, 0);
      for (const id of [...(await store.parses.failLost()), ...(await store.jobs.failLost())]) {
        logger.error({ id }, 'work failed: its process was lost too often');
        this.ends.tell(id);
      }
      await this.measureRate();
      await store.tidy({ isIdle: true });
      this.faults.clear();
    } catch (err) {
      this.faults.add(err, 'the store does not do what it should');
    }
  }

  private async measureRate(): Promise<void> {
    const { COMPLETED, FAILED } = (await this.options.store.jobs.counts()).byStatus;
    const now = { jobs: COMPLETED + FAILED, at: performance.now() };
    const before = this.lastEnded;
    this.lastEnded = now;
    // Retention takes jobs away, too.
    if (before) this.jobsPerSecond = Math.max(0, ((now.jobs - before.jobs) * 1000) / (now.at - before.at));
  }
}
