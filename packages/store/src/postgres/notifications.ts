import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg, { type ClientConfig } from 'pg';
import type { ClusterListener } from '../ports/cluster.js';
import { endClient } from './end-client.js';
import { follow, IS_FOLLOWED } from './following.js';
import type { WorkQueue } from './job-queue.js';
import { connectionOptions, type PostgresTransaction } from './postgres-database.js';

/** The channel that all processes listen to. */
export const CHANNEL = 'docket';

/** The channel of those who follow what happens to jobs. A trigger tells of new states (`job-changes-schema.ts`). */
const JOBS_CHANNEL = 'docket_jobs';

const NOTIFY = `SELECT pg_notify('${CHANNEL}', @message)`;
const NOTIFY_OF_JOB = `SELECT pg_notify('${JOBS_CHANNEL}', @message) WHERE ${IS_FOLLOWED}`;
const NOTIFY_ENDS = `SELECT pg_notify('${CHANNEL}', 'ended ' || id) FROM jobs WHERE id = ANY(@ids::text[]) AND is_awaited`;

/** Pauses between two tries to connect: they double from the first to the longest. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** How often the connection is tried, for one that was cut says nothing; an answer is waited for as long. */
const PULSE_MS = 5_000;

/** Tells all processes, when the transaction is committed, that a queue has work. */
export async function announceWork(transaction: PostgresTransaction, { name }: WorkQueue): Promise<void> {
  await transaction.run(NOTIFY, { message: workMessage(name) });
}

/** What is told when a queue has work. */
export function workMessage(queue: string): string {
  return `work ${queue}`;
}

/** Tells those who wait for jobs that these have ended. */
export async function announceEnd(transaction: PostgresTransaction, ids: readonly string[]): Promise<void> {
  await transaction.run(NOTIFY_ENDS, { ids });
}

/** Tells whoever works on a job, or waits for it, that it was cancelled. */
export async function announceCancellation(transaction: PostgresTransaction, id: string): Promise<void> {
  await transaction.run(NOTIFY, { message: `cancelled ${id}` });
}

/** Tells those who follow jobs that one was deleted. */
export async function announceDeletion(
  transaction: PostgresTransaction,
  job: { readonly id: string; readonly projectId: string },
): Promise<void> {
  await transaction.run(NOTIFY_OF_JOB, { message: `deleted ${job.id} ${job.projectId}` });
}

/** Tells those who follow jobs that many were deleted. */
export async function announceSweep(transaction: PostgresTransaction): Promise<void> {
  await transaction.run(NOTIFY_OF_JOB, { message: 'untold' });
}

/** The one connection by which a process hears what others announce. It is made again when it is lost. */
export class Notifications {
  readonly #config: ClientConfig;
  readonly #listeners = new Set<ClusterListener>();
  readonly #onWork: (queue: string) => void;
  readonly #closing = new AbortController();
  /** Stands for this process among those that follow what happens to jobs. */
  readonly #follower = randomUUID();
  #followedAt = Number.NEGATIVE_INFINITY;
  #client: pg.Client | undefined;
  #isConnected = false;
  #running: Promise<void> | undefined;

  /** @param onWork Is told the queue that has work, before anybody else is; all of them when the name is empty */
  constructor(config: ClientConfig, onWork: (queue: string) => void) {
    this.#onWork = onWork;
    this.#config = { ...connectionOptions(config), query_timeout: PULSE_MS };
  }

  /** Adds a listener; the first one has the connection made. @returns Takes it away again */
  listen(listener: ClusterListener): () => void {
    this.#listeners.add(listener);
    if (listener.job && this.#isConnected && this.#client) void this.#join(this.#client);
    this.#running ??= this.#stayConnected();
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#client) await endClient(this.#client);
    await this.#running;
  }

  async #stayConnected(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; failures++) {
      const isConnected = await this.#listenUntilLost();
      if (isConnected) failures = 0;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** @returns Whether there was a connection */
  async #listenUntilLost(): Promise<boolean> {
    const client = new pg.Client(this.#config);
    this.#client = client;
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', resolve);
    });
    client.on('notification', ({ payload = '' }) => this.#tell(payload));
    let isConnected = false;
    try {
      // A client that is ended while it connects says nothing of that.
      await Promise.race([client.connect(), lost.then(() => Promise.reject(new Error('the connection was lost')))]);
      await client.query(`LISTEN ${CHANNEL}`);
      isConnected = true;
      this.#isConnected = true;
      // What was announced while nobody listened.
      for (const message of ['work', 'delivery']) this.#tell(message);
      if (this.#hasFollowers) await this.#follow(client);
      this.#tell('untold');
      await Promise.race([lost, this.#pulse(client)]);
    } catch {
      // Tried again, like a connection that is lost.
    } finally {
      this.#isConnected = false;
      this.#followedAt = Number.NEGATIVE_INFINITY;
      await endClient(client);
    }
    return isConnected;
  }

  /** Never ends but by a throw. */
  async #pulse(client: pg.Client): Promise<void> {
    while (true) {
      await delay(PULSE_MS, undefined, { signal: this.#closing.signal, ref: false });
      if (!this.#hasFollowers) await client.query('SELECT 1');
      else if (await this.#follow(client)) this.#tell('untold');
    }
  }

  get #hasFollowers(): boolean {
    return [...this.#listeners].some(({ job }) => job !== undefined);
  }

  /** Somebody follows what happens to jobs from now on. Never rejects: on a connection that is lost, the next one will do. */
  async #join(client: pg.Client): Promise<void> {
    const isFollowing = performance.now() - this.#followedAt < PULSE_MS * 2;
    const joined = isFollowing ? Promise.resolve() : this.#follow(client);
    await joined.then(
      () => this.#tell('untold'),
      () => {},
    );
  }

  /** @returns Whether something may have happened before that was not told */
  async #follow(client: pg.Client): Promise<boolean> {
    const now = performance.now();
    await client.query(`LISTEN ${JOBS_CHANNEL}`);
    const isUntold = await follow(client, this.#follower);
    this.#followedAt = now;
    return isUntold;
  }

  #tell(message: string): void {
    const [kind, id = '', projectId = ''] = message.split(' ');
    if (kind === 'work') this.#onWork(id);
    for (const listener of this.#listeners) {
      if (kind === 'work') listener.work?.();
      if (kind === 'ended') listener.ended?.(id);
      if (kind === 'cancelled') listener.cancelled?.(id);
      if (kind === 'delivery') listener.delivery?.();
      if (kind === 'changed') listener.job?.({ kind, jobId: id });
      if (kind === 'deleted') listener.job?.({ kind, jobId: id, projectId });
      if (kind === 'untold') listener.job?.({ kind });
    }
  }
}
