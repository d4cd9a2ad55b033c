import type {
  ClaimedDelivery,
  DeliveryAttempt,
  DeliveryClaim,
  DeliveryCounts,
  DeliveryOutcome,
  DeliveryQuery,
  DeliveryStore,
  TriedDelivery,
} from '../ports/delivery-store.js';
import type { Instant } from '../ports/instant.js';
import type { JobWebhooks } from '../ports/job-store.js';
import type { Lease, LeaseOptions } from '../ports/leases.js';
import type { ListPart } from '../ports/listing.js';
import type { SavedWebhook } from '../ports/webhook-store.js';
import {
  type AttemptRow,
  DELIVERY_COLUMNS,
  type DeliveryRow,
  findEndpoint,
  toDelivery,
  toTriedDelivery,
} from '../rows/delivery-rows.js';
import { type JobRow, toJob } from '../rows/job-rows.js';
import { condition } from '../rows/list-conditions.js';
import { DELIVERY_STATEMENTS as STATEMENTS } from './delivery-statements.js';
import { listPart, ofProject } from './list-part.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresWebhookStore } from './postgres-webhook-store.js';

/** What a crash of the database forgets is delivered again, under the same id. */
const NOT_DURABLE = { isDurable: false };

/** The outbox of events in PostgreSQL; a trigger fills it (`webhook-schema.ts`). */
export class PostgresDeliveryStore implements DeliveryStore {
  readonly #context: PostgresContext;
  readonly #webhooks: PostgresWebhookStore;

  constructor(context: PostgresContext, webhooks: PostgresWebhookStore) {
    this.#context = context;
    this.#webhooks = webhooks;
  }

  async claim({ owner, leaseMs, busyHosts }: DeliveryClaim): Promise<ClaimedDelivery | undefined> {
    const { database } = this.#context;
    const nowMs = this.#nowMs();
    const due = await database.all<{ id: string }>(STATEMENTS.findDue, { busyHosts, nowMs });
    if (due.length === 0) return undefined;
    const row = await database.transaction((transaction) => {
      const parameters = { ids: due.map(({ id }) => id), owner, leaseMs, nowMs };
      return transaction.get<DeliveryRow>(STATEMENTS.claim, parameters);
    }, NOT_DURABLE);
    if (row === undefined) return undefined;
    const found = await database.get<JobRow>(STATEMENTS.job, { id: row.job_id });
    // It was deleted in between, and the delivery with it.
    if (found === undefined) return this.claim({ owner, leaseMs, busyHosts });
    const job = toJob(found);
    const endpoint = await findEndpoint(job.webhooks, row.target, (id) => this.#webhooks.get(id));
    return { ...toDelivery(row), job, endpoint, attempts: row.attempts, host: row.host };
  }

  async renew(ids: readonly string[], { owner, leaseMs }: LeaseOptions): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const parameters = { ids, owner, leaseMs, nowMs: this.#nowMs() };
    return (await this.#context.database.all<{ id: string }>(STATEMENTS.renew, parameters)).map(({ id }) => id);
  }

  async finish({ id, owner }: Lease, attempt: DeliveryAttempt, outcome: DeliveryOutcome): Promise<boolean> {
    const { status } = outcome;
    const pauseMs = outcome.status === 'PENDING' ? outcome.pauseMs : null;
    const endedAt = pauseMs === null ? this.#context.clock.now() : null;
    return this.#context.database.transaction(async (transaction) => {
      const parameters = { id, owner, status, pauseMs, endedAt, nowMs: this.#nowMs() };
      const row = await transaction.get<DeliveryRow>(STATEMENTS.finish, parameters);
      if (row === undefined) return false;
      const { startedAt, statusCode = null, error = null } = attempt;
      const kept = { id, number: row.attempts, startedAt, statusCode, error };
      await transaction.run(STATEMENTS.keepAttempt, { ...kept, durationMs: Math.round(attempt.durationMs) });
      const others = { jobId: row.job_id, target: row.target, endedAt };
      if (status === 'GONE') await transaction.run(STATEMENTS.endOthers, others);
      return true;
    }, NOT_DURABLE);
  }

  async release({ id, owner }: Lease): Promise<boolean> {
    return (await this.#context.database.run(STATEMENTS.release, { id, owner })) === 1;
  }

  forfeitLeases(): Promise<number> {
    return this.#context.database.run(STATEMENTS.forfeit);
  }

  async list({ projectId, jobId, status, ...window }: DeliveryQuery): Promise<ListPart<TriedDelivery>> {
    const { items, ...part } = await listPart<DeliveryRow, DeliveryRow>(this.#context.database, {
      table: 'deliveries',
      columns: DELIVERY_COLUMNS,
      conditions: [
        ofProject(projectId),
        condition('job_id = @jobId', 'jobId', jobId),
        condition('status = @status', 'status', status),
      ],
      order: ['occurred_at', 'id'],
      direction: 'DESC',
      window,
      toItem: (row) => row,
    });
    return { ...part, items: await this.#toTried(items) };
  }

  async counts(): Promise<DeliveryCounts> {
    const row = await this.#context.database.getOne<{ pending: number; oldest: string | null }>(STATEMENTS.counts);
    return { pending: row.pending, ...(row.oldest === null ? {} : { oldestPending: row.oldest }) };
  }

  deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    return this.#context.database.run(STATEMENTS.deleteEnded, { moment, limit });
  }

  async #toTried(rows: readonly DeliveryRow[]): Promise<TriedDelivery[]> {
    const { database } = this.#context;
    const jobs = { ids: [...new Set(rows.map(({ job_id }) => job_id))] };
    const targets = await database.all<{ id: string; webhooks: string }>(STATEMENTS.targets, jobs);
    const webhooks = new Map<string, JobWebhooks>(targets.map((job) => [job.id, JSON.parse(job.webhooks)]));
    const kept = { ids: rows.map(({ id }) => id) };
    const attempts = await database.all<AttemptRow & { delivery_id: string }>(STATEMENTS.attempts, kept);
    const saved = new Map<string, Promise<SavedWebhook | undefined>>();
    const findSaved = (id: string) => {
      const known = saved.get(id) ?? this.#webhooks.get(id);
      saved.set(id, known);
      return known;
    };
    const toTried = async (row: DeliveryRow) => {
      const endpoint = await findEndpoint(webhooks.get(row.job_id) ?? null, row.target, findSaved);
      const own = attempts.filter(({ delivery_id }) => delivery_id === row.id);
      return toTriedDelivery(row, { url: endpoint?.url, attempts: own });
    };
    return Promise.all(rows.map(toTried));
  }

  #nowMs(): number | null {
    return this.#context.now?.() ?? null;
  }
}
