import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Job,
  openStore,
  type Store,
  type TriedDelivery,
  type WebhookEndpoint,
  type WebhookTarget,
} from '@docket/store';
import { createLogger } from '../operations/logger.js';
import { prepareWebhooks, type RunningWebhooks } from '../webhooks/prepare-webhooks.js';
import type { LookUp } from '../webhooks/resolve-host.js';

const PROJECT = 'p';
const LEASE = { owner: 'runner', leaseMs: 60_000 };

/** How a {@link WebhookStage} is set up. */
export interface StageOptions {
  /** The setting `webhook.allow`. @default 127.0.0.1 */
  readonly allow?: string;
  readonly timeoutMs?: number;
  readonly lookUp?: LookUp;
}

/** A real store with a clock that tests move, and the delivery of its webhooks, which can be stopped and started anew. */
export class WebhookStage implements AsyncDisposable {
  readonly logged: string[] = [];
  /** What beginning to deliver meets, one after the other. */
  readonly faults: Error[] = [];
  /** What claiming meets, one after the other. */
  readonly claimFaults: Error[] = [];
  /** Attempts that were written down so far. */
  ended = 0;
  store!: Store;
  private nowMs = Date.now();
  private webhooks!: RunningWebhooks;
  private inFlight = 0;
  private isIdle = false;
  private readonly watchers = new Set<() => void>();

  private constructor(
    private readonly folder: string,
    private readonly options: StageOptions,
  ) {}

  static async open(options: StageOptions = {}): Promise<WebhookStage> {
    const stage = new WebhookStage(await mkdtemp(join(tmpdir(), 'docket-webhooks-')), options);
    await stage.start();
    return stage;
  }

  /** As the server does when it starts; nothing is looked for but what a test announces. */
  async start(): Promise<void> {
    this.store = await openStore({ folder: this.folder, now: () => this.nowMs });
    const { allow = '127.0.0.1', ...options } = this.options;
    this.webhooks = prepareWebhooks(allow)({
      store: { clock: this.store.clock, deliveries: this.watched() },
      logger: createLogger({ write: (line) => void this.logged.push(line) }),
      metrics: { observeDelivery: () => {} },
      pollMs: 2 ** 30,
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.webhooks.stop();
    await this.store.close();
  }

  /** Moves the clock, and looks for what is due. */
  advance(milliseconds: number): void {
    this.nowMs += milliseconds;
    this.isIdle = false;
    this.webhooks.wake();
  }

  /** Creates a job whose events go to endpoints. */
  async create(...endpoints: readonly (Partial<WebhookEndpoint> & { readonly url: string })[]): Promise<Job> {
    const targets = endpoints.map((change) => {
      const { host } = new URL(change.url);
      const endpoint = { host, headers: {}, events: null, format: 'json' as const, secret: null, ...change };
      return { isAllowed: true, endpoint };
    });
    const job = await this.createFor(...targets);
    this.webhooks.wake();
    return job;
  }

  /** The same for targets of any kind, without waking who delivers. */
  async createFor(...targets: readonly WebhookTarget[]): Promise<Job> {
    const creation = await this.store.jobs.create({ ...JOB, webhooks: { targets } }, { maxPending: 1000 });
    if (creation.outcome !== 'created') throw new Error(creation.outcome);
    return creation.job;
  }

  /** Takes up the oldest job and completes it. */
  async complete(contentHash = '0'.repeat(64)): Promise<Job> {
    const job = await this.store.jobs.claim(LEASE);
    if (!job) throw new Error('no job waits');
    const completion = {
      result: { type: 'invoice', confidence: 0.97, reasoning: 'page 1 says "total due"' },
      reading: {},
      contentHash,
      reasoningWithoutQuotes: 'page 1 fits',
      explanation: {},
    };
    await this.store.jobs.complete({ id: job.id, owner: LEASE.owner }, completion);
    this.webhooks.wake();
    const completed = await this.store.jobs.get(job.id);
    if (!completed) throw new Error('the job is gone');
    return completed;
  }

  /** Takes up the oldest job and fails it. */
  async fail(): Promise<void> {
    const job = await this.store.jobs.claim(LEASE);
    await this.store.jobs.fail({ id: job?.id ?? '', owner: LEASE.owner }, 'document.corrupt: repair it');
    this.webhooks.wake();
  }

  /** Cancels a job. */
  async cancel({ id }: Job): Promise<void> {
    await this.store.jobs.cancel(id);
    this.webhooks.wake();
  }

  /** Makes all attempts until nothing waits any more, however far the clock has to be moved for it. */
  async deliverAll(): Promise<void> {
    for (let pauseMs = 0; pauseMs < Number.POSITIVE_INFINITY; ) {
      this.advance(pauseMs);
      await this.until(() => this.isIdle);
      const { items } = await this.store.deliveries.list({ projectId: PROJECT, limit: 1000, status: 'PENDING' });
      const next = items.map(({ nextAttemptAt }) => Date.parse(nextAttemptAt ?? ''));
      // Several at a time, for each look costs something.
      pauseMs = Math.max(60_000, Math.min(...next) + 1 - this.nowMs);
    }
  }

  /** Stores a file. @returns What identifies it and its content */
  async upload(text: string): Promise<{ readonly id: string; readonly contentHash: string }> {
    const bytes = (async function* () {
      yield Buffer.from(text);
    })();
    await using content = await this.store.files.receive(bytes, { maxBytes: 1000 });
    const file = { projectId: PROJECT, name: 'a.txt', purpose: null, externalFileId: null, expiresAt: null };
    return await this.store.files.create(file, content);
  }

  /** Waits until so many attempts have been written down in all. */
  async untilEnded(count: number): Promise<void> {
    await this.until(() => this.ended >= count);
  }

  async deliveries(): Promise<readonly TriedDelivery[]> {
    return (await this.store.deliveries.list({ projectId: PROJECT, limit: 1000 })).items;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.watchers.add(resolve));
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
    this.watchers.clear();
  }

  /** The outbox of the store, which tells the stage what is done with it. */
  private watched(): Store['deliveries'] {
    const { deliveries } = this.store;
    const claim: Store['deliveries']['claim'] = async (options) => {
      const fault = this.claimFaults.shift();
      if (fault) throw fault;
      const delivery = await deliveries.claim(options);
      if (delivery) this.inFlight += 1;
      this.isIdle = delivery === undefined && this.inFlight === 0;
      this.tell();
      return delivery;
    };
    const finish: Store['deliveries']['finish'] = async (...parameters) => {
      const isHeld = await deliveries.finish(...parameters);
      this.inFlight -= 1;
      this.ended += 1;
      this.tell();
      return isHeld;
    };
    const release: Store['deliveries']['release'] = async (lease) => {
      this.inFlight -= 1;
      return deliveries.release(lease);
    };
    const forfeitLeases: Store['deliveries']['forfeitLeases'] = async () => {
      const fault = this.faults.shift();
      if (fault) throw fault;
      return deliveries.forfeitLeases();
    };
    const replaced = { claim, finish, release, forfeitLeases };
    return new Proxy(deliveries, {
      get: (target, name) => Reflect.get(replaced, name) ?? Reflect.get(target, name, target).bind(target),
    });
  }
}

const JOB = {
  projectId: PROJECT,
  inputType: 'file_id' as const,
  input: 'dfl-a',
  sourceId: 'dfl-a',
  configuration: {
    rules: [{ type: 'invoice', description: 'has an invoice number and a total due' }],
    mode: 'FAST' as const,
    parsing: null,
  },
  configurationId: null,
  transactionId: null,
  parseJobId: null,
};
