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
import type { Clock, Instant } from '../ports/instant.js';
import type { JobWebhooks } from '../ports/job-store.js';
import type { Lease, LeaseOptions } from '../ports/leases.js';
import type { ListPart } from '../ports/listing.js';
import type { WebhookEndpoint } from '../ports/webhook-store.js';
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
import type { SqliteDatabase } from './database.js';
import { JOB_COLUMNS } from './job-configurations.js';
import { listPart, ofProject } from './list-part.js';
import type { SqliteContext } from './sqlite-context.js';
import type { SqliteWebhookStore } from './sqlite-webhook-store.js';

/** Guards a change: the delivery is still in the hands of its owner. Parameters: `id`, `owner`. */
const HELD = `id = @id AND status = 'PENDING' AND lease_owner = @owner`;
const LEASE_ENDED = 'lease_owner = NULL, lease_expires_at = 0';

/** What of the deliveries of a host may be claimed. An earlier event of the job goes first, until it was tried once. */
const FREE = `status = 'PENDING' AND host = @host AND lease_expires_at <= @nowMs AND NOT EXISTS (
    SELECT 1 FROM deliveries AS earlier
    WHERE earlier.job_id = deliveries.job_id AND earlier.target = deliveries.target AND earlier.stage < deliveries.stage
      AND earlier.status = 'PENDING' AND earlier.attempts = 0
  )`;

const STATEMENTS = {
  // Two looks at the index for each host, however much waits there.
  hosts: `WITH RECURSIVE waiting (host) AS (
      SELECT MIN(host) FROM deliveries WHERE status = 'PENDING'
      UNION ALL
      SELECT (SELECT MIN(host) FROM deliveries WHERE status = 'PENDING' AND host > waiting.host)
        FROM waiting WHERE waiting.host IS NOT NULL
    )
    SELECT host FROM waiting
    WHERE host IS NOT NULL
      AND (SELECT MIN(due_at) FROM deliveries WHERE status = 'PENDING' AND host = waiting.host) <= @nowMs`,
  dueAgain: `SELECT id, occurred_at FROM deliveries
    WHERE ${FREE} AND due_at > 0 AND due_at <= @nowMs ORDER BY due_at LIMIT 1`,
  dueFirst: `SELECT id, occurred_at FROM deliveries WHERE ${FREE} AND due_at = 0 ORDER BY occurred_at LIMIT 1`,
  claim: `UPDATE deliveries SET lease_owner = @owner, lease_expires_at = @expiresAtMs WHERE id = @id
    RETURNING ${DELIVERY_COLUMNS}`,
  renew: `UPDATE deliveries SET lease_expires_at = @expiresAtMs
    WHERE id IN (SELECT value FROM json_each(@ids)) AND status = 'PENDING' AND lease_owner = @owner
    RETURNING id`,
  job: `SELECT ${JOB_COLUMNS} FROM jobs WHERE id = @id`,
  finish: `UPDATE deliveries SET status = @status, due_at = @dueAt, attempts = attempts + 1, ended_at = @endedAt,
      ${LEASE_ENDED}
    WHERE ${HELD}
    RETURNING ${DELIVERY_COLUMNS}`,
  keepAttempt: `INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status_code, error)
    VALUES (@id, @number, @startedAt, @durationMs, @statusCode, @error)`,
  endOthers: `UPDATE deliveries SET status = 'GONE', ended_at = @endedAt, ${LEASE_ENDED}
    WHERE job_id = @jobId AND target = @target AND status = 'PENDING'`,
  release: `UPDATE deliveries SET ${LEASE_ENDED} WHERE ${HELD}`,
  forfeit: `UPDATE deliveries SET ${LEASE_ENDED} WHERE status = 'PENDING' AND lease_owner IS NOT NULL`,
  targets: 'SELECT webhooks FROM jobs WHERE id = @id',
  attempts: `SELECT started_at, duration_ms, status_code, error FROM delivery_attempts
    WHERE delivery_id = @id ORDER BY number`,
  counts: `SELECT COUNT(*) AS pending, MIN(occurred_at) AS oldest FROM deliveries WHERE status = 'PENDING'`,
  deleteEnded: `DELETE FROM deliveries WHERE rowid IN (
      SELECT rowid FROM deliveries WHERE ended_at < @moment ORDER BY ended_at LIMIT @limit
    )`,
};

/** The outbox of events in SQLite; triggers fill it (`webhook-schema.ts`). */
export class SqliteDeliveryStore implements DeliveryStore {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #webhooks: SqliteWebhookStore;

  constructor({ database, clock, now }: SqliteContext, webhooks: SqliteWebhookStore) {
    this.#database = database;
    this.#clock = clock;
    this.#now = now;
    this.#webhooks = webhooks;
  }

  async claim({ owner, leaseMs, busyHosts }: DeliveryClaim): Promise<ClaimedDelivery | undefined> {
    const nowMs = this.#now();
    // Looking comes first, for it needs no lock; nobody else writes here in between.
    const id = this.#findDue(busyHosts, nowMs);
    if (id === undefined) return undefined;
    return this.#database.write(() => {
      const parameters = { id, owner, expiresAtMs: nowMs + leaseMs };
      const row = this.#database.getOne<DeliveryRow>(STATEMENTS.claim, parameters);
      const job = toJob(this.#database.getOne<JobRow>(STATEMENTS.job, { id: row.job_id }));
      const endpoint = this.#endpointOf(job.webhooks, row.target);
      return { ...toDelivery(row), job, endpoint, attempts: row.attempts, host: row.host };
    });
  }

  async renew(ids: readonly string[], { owner, leaseMs }: LeaseOptions): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const parameters = { ids: JSON.stringify(ids), owner, expiresAtMs: this.#now() + leaseMs };
    return this.#database
      .write(() => this.#database.all<{ id: string }>(STATEMENTS.renew, parameters))
      .map(({ id }) => id);
  }

  async finish({ id, owner }: Lease, attempt: DeliveryAttempt, outcome: DeliveryOutcome): Promise<boolean> {
    const isPending = outcome.status === 'PENDING';
    const endedAt = isPending ? null : this.#clock.now();
    const dueAt = isPending ? this.#now() + outcome.pauseMs : 0;
    return this.#database.write(() => {
      const parameters = { id, owner, status: outcome.status, dueAt, endedAt };
      const row = this.#database.get<DeliveryRow>(STATEMENTS.finish, parameters);
      if (row === undefined) return false;
      const { startedAt, durationMs, statusCode = null, error = null } = attempt;
      const kept = { id, number: row.attempts, startedAt, durationMs: Math.round(durationMs), statusCode, error };
      this.#database.run(STATEMENTS.keepAttempt, kept);
      if (outcome.status === 'GONE') {
        this.#database.run(STATEMENTS.endOthers, { jobId: row.job_id, target: row.target, endedAt });
      }
      return true;
    });
  }

  async release({ id, owner }: Lease): Promise<boolean> {
    return this.#database.write(() => this.#database.run(STATEMENTS.release, { id, owner }) === 1);
  }

  async forfeitLeases(): Promise<number> {
    return this.#database.write(() => this.#database.run(STATEMENTS.forfeit));
  }

  async list({ projectId, jobId, status, ...window }: DeliveryQuery): Promise<ListPart<TriedDelivery>> {
    return listPart<DeliveryRow, TriedDelivery>(this.#database, {
      table: 'deliveries',
      columns: DELIVERY_COLUMNS,
      conditions: [
        ofProject(projectId, jobId !== undefined),
        condition('job_id = @jobId', 'jobId', jobId),
        condition(`${jobId === undefined ? '' : '+'}status = @status`, 'status', status),
      ],
      order: ['occurred_at', 'id'],
      direction: 'DESC',
      isNarrow: jobId !== undefined,
      window,
      toItem: (row) => this.#toTried(row),
    });
  }

  async counts(): Promise<DeliveryCounts> {
    const row = this.#database.getOne<{ pending: number; oldest: string | null }>(STATEMENTS.counts);
    return { pending: row.pending, ...(row.oldest === null ? {} : { oldestPending: row.oldest }) };
  }

  async deleteEndedBefore(moment: Instant, limit: number): Promise<number> {
    return this.#database.write(() => this.#database.run(STATEMENTS.deleteEnded, { moment, limit }));
  }

  #findDue(busyHosts: readonly string[], nowMs: number): string | undefined {
    const hosts = this.#database.all<{ host: string }>(STATEMENTS.hosts, { nowMs }).map(({ host }) => host);
    const free = hosts.filter((host) => !busyHosts.includes(host));
    let oldest: { readonly id: string; readonly occurred_at: string } | undefined;
    for (const host of free) {
      const due =
        this.#database.get<{ id: string; occurred_at: string }>(STATEMENTS.dueAgain, { host, nowMs }) ??
        this.#database.get<{ id: string; occurred_at: string }>(STATEMENTS.dueFirst, { host, nowMs });
      if (due !== undefined && (oldest === undefined || due.occurred_at < oldest.occurred_at)) oldest = due;
    }
    return oldest?.id;
  }

  #endpointOf(webhooks: JobWebhooks | null, index: number): WebhookEndpoint | undefined {
    return findEndpoint(webhooks, index, (id) => this.#webhooks.find(id));
  }

  #toTried(row: DeliveryRow): TriedDelivery {
    const { webhooks } = this.#database.getOne<{ webhooks: string }>(STATEMENTS.targets, { id: row.job_id });
    const url = this.#endpointOf(JSON.parse(webhooks), row.target)?.url;
    const attempts = this.#database.all<AttemptRow>(STATEMENTS.attempts, { id: row.id });
    return toTriedDelivery(row, { url, attempts });
  }
}
