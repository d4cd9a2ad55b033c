import { randomUUID } from 'node:crypto';
import type { EnginePool } from '@docket/core';
import { DocketError, testEngine } from '@docket/core';
import type { Job, Store } from '@docket/store';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics.js';
import type { Runner, Webhooks } from '../services.js';
import { Deadline } from './deadline.js';
import { failLost } from './fail-lost.js';
import { JobEnds } from './job-ends.js';
import { ClusterLink, engineName, type Presence } from './presence.js';
import { StoreFaults } from './store-faults.js';
import type { Tunings } from './tunings.js';
import { untilStored } from './until-stored.js';

/** What a {@link Supervisor} works with. */
export interface SupervisorOptions {
  readonly store: Store;
  /** Is asked once what answers would be made by, and closed then. */
  readonly pool: Pick<EnginePool, 'classify' | 'close'>;
  readonly presence: Presence;
  /** What rules are tried with: must be of the engine. */
  readonly tunings: Pick<Tunings, 'assertTunedWith'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Is told that jobs have changed. */
  readonly webhooks?: Pick<Webhooks, 'wake'> | undefined;
}

const BEAT_MS = 5_000;

/** By when a stop is over, also when the store hangs. */
const STOP_MS = 8_500;

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
  private readonly stopping = new AbortController();

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
    this.stopping.abort();
    clearInterval(this.heartbeat);
    const end = new Deadline(STOP_MS);
    await this.options.pool.close();
    await end.wait(this.beating);
    this.ends.close();
    await end.wait(this.link.close());
  }

  private async start(): Promise<void> {
    const { store, logger } = this.options;
    await untilStored(() => store.probe(), { logger, signal: this.stopping.signal });
    this.engine = await this.findEngine();
    await this.link.reportAlive(this.engine, 0);
  }

  /** A server need not have the models of its workers: then it expects nothing of their answers. */
  private async findEngine(): Promise<string | undefined> {
    const { pool, tunings, logger } = this.options;
    try {
      const { result } = await testEngine(pool);
      tunings.assertTunedWith(result.scorer);
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
    const { store } = this.options;
    try {
      await this.link.reportAlive(this.engine, 0);
      const tools = { ...this.options, ends: this.ends };
      await failLost({ name: 'parse job', store: store.parses }, tools);
      await failLost({ name: 'job', store: store.jobs }, tools);
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
