import { randomUUID } from 'node:crypto';
import { type EnginePool, testEngine } from '@docket/core';
import type { Job } from '@docket/store';
import PQueue from 'p-queue';
import type { Metrics } from '../operations/metrics.js';
import type { Runner, Webhooks } from '../services.js';
import { CompletionRate } from './completion-rate.js';
import { countEnding } from './count-ending.js';
import { Deadline } from './deadline.js';
import { executeWork } from './execute-work.js';
import { failLost } from './fail-lost.js';
import { JobEnds } from './job-ends.js';
import { jobWork } from './job-work.js';
import { parseWork } from './parse-work.js';
import { ClusterLink, engineName, type Presence } from './presence.js';
import type { JobTools } from './run-classify-job.js';
import { StoreFaults } from './store-faults.js';
import { untilStored } from './until-stored.js';
import type { ClaimedWork, StopReason, WorkKind } from './work-kind.js';

/** What a {@link JobRunner} works with. */
export interface JobRunnerOptions extends JobTools {
  readonly pool: Pick<EnginePool, 'classify' | 'read' | 'ready' | 'restarts' | 'concurrency' | 'close'>;
  readonly metrics: Metrics;
  /** Is told that jobs have changed. */
  readonly webhooks?: Pick<Webhooks, 'wake'> | undefined;
  /** What others that share the store should know of this process. */
  readonly presence?: Presence;
}

/**
 * Engine processes that are there before the first job. The self-test leaves one; more than another one would fill the memory of
 * an idle machine with many processors.
 */
const READY_AHEAD = 2;

/** How long a claim holds without a sign of life, and how often that is given. */
const LEASE_MS = 15_000;
const HEARTBEAT_MS = 5_000;

/** Age of leases that were not renewed, from which on they are before anything is claimed. */
const OLD_LEASE_MS = 2 * HEARTBEAT_MS;

/** How long running work may go on when the server stops. */
const STOP_GRACE_MS = 7_000;

/** By when a stop is over but for the engine processes, also when the store hangs: leases run out, and others take the work up. */
const STOP_MS = 8_500;

/**
 * Does jobs and parse jobs as long as there are any. Waiting ones are rows of the store; only those in flight are here.
 * Twice as many are claimed as there are engine processes, so that none of these waits for the store; what comes next is claimed
 * while a result is stored, in SQLite in one transaction with it.
 */
export class JobRunner implements Runner {
  readonly selfTest: Promise<void>;
  private readonly owner = `runner-${randomUUID()}`;
  /** Parse jobs come first: jobs may wait for them. */
  private readonly kinds: readonly WorkKind[];
  private readonly queue: PQueue;
  private readonly inFlight = new Map<string, { readonly kind: WorkKind; readonly controller: AbortController }>();
  /** Work in flight that is done, and of which only the result is to be stored. */
  private readonly storing = new Set<string>();
  private readonly ends: JobEnds;
  private readonly rate = new CompletionRate();
  private readonly heartbeat: NodeJS.Timeout;
  private readonly link: ClusterLink;
  private readonly faults: StoreFaults;
  private engineIdentity: string | undefined;
  /** When all leases in flight were at least as fresh as new ones. */
  private renewedAt = performance.now();
  private isReady = false;
  /** What claims work at the moment. */
  private filling: Promise<void> | undefined;
  private claimAgain = false;
  private beating: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  /** Starts the engine's self-test; the first job is claimed when it has passed. */
  constructor(private readonly options: JobRunnerOptions) {
    const tools = { ...options, engine: () => this.engineIdentity };
    this.kinds = [parseWork(tools), jobWork(tools)];
    this.queue = new PQueue({ concurrency: options.pool.concurrency * 2 });
    this.faults = new StoreFaults(options.logger);
    this.ends = new JobEnds(options.store);
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS).unref();
    this.link = new ClusterLink({
      cluster: options.store.cluster,
      presence: options.presence,
      id: this.owner,
      concurrency: options.pool.concurrency,
      onWork: () => this.wake(),
      onCancelled: (jobId) => this.stopWork(jobId, 'cancelled'),
    });
    this.selfTest = this.start();
    this.selfTest.then(
      () => {
        this.isReady = true;
        this.wake();
        // Why one cannot be started is told to the document that wants it.
        this.options.pool.ready(READY_AHEAD).catch(() => {});
      },
      () => {},
    );
  }

  get jobsPerSecond(): number {
    return this.rate.perSecond;
  }

  get restarts(): number {
    return this.options.pool.restarts;
  }

  get engine(): string | undefined {
    return this.engineIdentity;
  }

  wake(): void {
    if (!this.isReady) return;
    this.claimAgain = true;
    // Not at once: without room it ends before it could be known to run.
    this.filling ??= Promise.resolve().then(() => this.fillQueue());
  }

  abort(jobId: string): void {
    this.stopWork(jobId, 'cancelled');
    this.options.metrics.countEnded('CANCELLED');
    this.ends.tell(jobId);
  }

  waitForEnd(jobId: string, timeoutMs: number, signal?: AbortSignal): Promise<Job | undefined> {
    return this.ends.wait(jobId, timeoutMs, signal);
  }

  /** Lets what runs come to its end, or gives it back when it takes too long, and ends the engine processes. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.heartbeat);
    const [grace, end] = [new Deadline(STOP_GRACE_MS), new Deadline(STOP_MS)];
    await grace.wait(this.untilIdle());
    for (const id of this.inFlight.keys()) this.stopWork(id, 'shutting_down');
    await end.wait(this.untilIdle());
    await end.wait(this.beating);
    this.ends.close();
    await this.options.pool.close();
    await end.wait(this.link.close());
  }

  /** A claim under way may still bring something. */
  private async untilIdle(): Promise<void> {
    await this.filling;
    await this.queue.onIdle();
  }

  private async start(): Promise<void> {
    // Where nobody else works on this store, whoever held a lease is gone.
    const isAlone = this.options.store.cluster === undefined;
    const waiting = { logger: this.options.logger, signal: this.stopping.signal };
    for (const { store } of this.kinds) if (isAlone) await untilStored(() => store.forfeitLeases(), waiting);
    await untilStored(() => this.failLost(), waiting);
    const { result } = await testEngine(this.options.pool);
    this.options.tunings.assertTunedWith(result.scorer);
    this.engineIdentity = engineName(result.scorer);
    await this.link.reportAlive(this.engineIdentity, 0);
  }

  /** Claims as long as there is work and room for it. At most one such loop runs; a call meanwhile makes it look again. */
  private async fillQueue(): Promise<void> {
    try {
      while (this.claimAgain && !this.isStopping) {
        this.claimAgain = false;
        // The machine may have slept, or the store refused to write: what is in flight must not be claimed a second time.
        if (performance.now() - this.renewedAt > OLD_LEASE_MS) await this.renewAll();
        while (this.hasRoom && (await this.claimNext()));
      }
    } catch (err) {
      this.faults.add(err, 'no work could be claimed');
    } finally {
      this.filling = undefined;
    }
  }

  private async claimNext(): Promise<boolean> {
    for (const kind of this.kinds) {
      if (this.isStopping) return false;
      const work = await kind.claim({ owner: this.owner, leaseMs: LEASE_MS });
      if (!work) continue;
      this.options.webhooks?.wake();
      if (this.isStopping) {
        await kind.store.release(work.lease);
        return false;
      }
      this.enqueue(work, kind);
      return true;
    }
    return false;
  }

  private get hasRoom(): boolean {
    return this.inFlight.size - this.storing.size < this.queue.concurrency;
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private enqueue(work: ClaimedWork, kind: WorkKind): void {
    const { id } = work.lease;
    const controller = new AbortController();
    this.inFlight.set(id, { kind, controller });
    void this.queue.add(async () => {
      const onWorked = () => {
        this.storing.add(id);
        this.wake();
      };
      const { logger } = this.options;
      const ending = await executeWork(work, { kind, signal: controller.signal, logger, onWorked });
      this.inFlight.delete(id);
      this.storing.delete(id);
      countEnding(kind, ending, { metrics: this.options.metrics, rate: this.rate });
      this.options.webhooks?.wake();
      this.ends.tell(id);
      this.wake();
    });
  }

  private beat(): void {
    this.beating ??= this.lookAfterWork().finally(() => {
      this.beating = undefined;
    });
  }

  /** Keeps what is held, gives up what was lost, looks for work that nobody announced, and tidies up. Never rejects. */
  private async lookAfterWork(): Promise<void> {
    try {
      await this.renewAll();
      await this.link.reportAlive(this.engineIdentity, this.inFlight.size);
      await this.failLost();
      await this.options.store.tidy({ isIdle: this.inFlight.size === 0 });
      this.faults.clear();
    } catch (err) {
      this.faults.add(err, 'the store does not do what it should');
    }
    this.wake();
  }

  private async renewAll(): Promise<void> {
    const started = performance.now();
    for (const kind of this.kinds) await this.renew(kind);
    this.renewedAt = started;
  }

  private async renew(kind: WorkKind): Promise<void> {
    const ids = [...this.inFlight].filter(([, work]) => work.kind === kind).map(([id]) => id);
    if (ids.length === 0) return;
    const held = new Set(await kind.store.renew(ids, { owner: this.owner, leaseMs: LEASE_MS }));
    for (const id of ids) if (!held.has(id)) this.stopWork(id, 'lease_lost');
  }

  private async failLost(): Promise<void> {
    for (const kind of this.kinds) await failLost(kind, { ...this.options, ends: this.ends });
  }

  private stopWork(id: string, reason: StopReason): void {
    this.inFlight.get(id)?.controller.abort(reason);
  }
}
