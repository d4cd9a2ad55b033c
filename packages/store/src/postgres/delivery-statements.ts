import { DELIVERY_COLUMNS } from '../rows/delivery-rows.js';
import { JOB_COLUMNS } from './job-statements.js';
import { NOW } from './lease-statements.js';

/** Deliveries of one host that are looked at for one that no other server takes at the same moment. */
const MOST_LOOKED_AT = 8;

/** Guards a change: the delivery is still in the hands of its owner. Parameters: `id`, `owner`. */
const HELD = `id = @id AND status = 'PENDING' AND lease_owner = @owner`;
const LEASE_ENDED = 'lease_owner = NULL, lease_expires_at = 0';

/** The time, asked for once: only then can an index be searched by it. */
const MOMENT = '(SELECT ms FROM moment)';

/** What of the deliveries of a host may be claimed. An earlier event of the job goes first, until it was tried once. */
const FREE = `this.status = 'PENDING' AND this.host = waiting.host AND this.lease_expires_at <= ${MOMENT} AND NOT EXISTS (
    SELECT 1 FROM deliveries AS earlier
    WHERE earlier.job_id = this.job_id AND earlier.target = this.target AND earlier.stage < this.stage
      AND earlier.status = 'PENDING' AND earlier.attempts = 0
  )`;

/** What is asked of the outbox and done with it. `nowMs` is null unless a test sets the time. */
export const DELIVERY_STATEMENTS = {
  // One look at the index for each host, however much waits there.
  findDue: `WITH RECURSIVE moment AS MATERIALIZED (SELECT ${NOW} AS ms), waiting (host) AS (
      (SELECT host FROM deliveries WHERE status = 'PENDING' ORDER BY host LIMIT 1)
      UNION ALL
      SELECT (
          SELECT next.host FROM deliveries AS next
          WHERE next.status = 'PENDING' AND next.host > waiting.host ORDER BY next.host LIMIT 1
        ) FROM waiting WHERE waiting.host IS NOT NULL
    )
    SELECT due.id FROM waiting CROSS JOIN LATERAL (
        (SELECT id, occurred_at, 0 AS turn, due_at FROM deliveries AS this
          WHERE ${FREE} AND this.due_at > 0 AND this.due_at <= ${MOMENT} ORDER BY this.due_at LIMIT ${MOST_LOOKED_AT})
        UNION ALL
        (SELECT id, occurred_at, 1, due_at FROM deliveries AS this
          WHERE ${FREE} AND this.due_at = 0 ORDER BY this.occurred_at LIMIT ${MOST_LOOKED_AT})
      ) AS due
    WHERE waiting.host IS NOT NULL AND NOT (waiting.host = ANY(@busyHosts::text[]))
    ORDER BY ROW_NUMBER() OVER (PARTITION BY waiting.host ORDER BY due.turn, due.due_at, due.occurred_at),
      due.occurred_at`,
  claim: `UPDATE deliveries SET lease_owner = @owner, lease_expires_at = ${NOW} + @leaseMs::bigint
    WHERE id = (
      SELECT id FROM deliveries
      WHERE id = ANY(@ids::text[]) AND status = 'PENDING' AND lease_expires_at <= ${NOW} AND due_at <= ${NOW}
      ORDER BY array_position(@ids::text[], id) LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING ${DELIVERY_COLUMNS}`,
  renew: `UPDATE deliveries SET lease_expires_at = ${NOW} + @leaseMs::bigint
    WHERE id = ANY(@ids::text[]) AND status = 'PENDING' AND lease_owner = @owner
    RETURNING id`,
  job: `SELECT ${JOB_COLUMNS} FROM jobs WHERE id = @id`,
  finish: `UPDATE deliveries SET status = @status, attempts = attempts + 1, ended_at = @endedAt,
      due_at = CASE WHEN @pauseMs::bigint IS NULL THEN 0 ELSE ${NOW} + @pauseMs::bigint END, ${LEASE_ENDED}
    WHERE ${HELD}
    RETURNING ${DELIVERY_COLUMNS}`,
  keepAttempt: `INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status_code, error)
    VALUES (@id, @number::integer, @startedAt, @durationMs::integer, @statusCode::integer, @error)`,
  endOthers: `UPDATE deliveries SET status = 'GONE', ended_at = @endedAt, ${LEASE_ENDED}
    WHERE job_id = @jobId AND target = @target::integer AND status = 'PENDING'`,
  release: `UPDATE deliveries SET ${LEASE_ENDED} WHERE ${HELD}`,
  forfeit: `UPDATE deliveries SET ${LEASE_ENDED} WHERE status = 'PENDING' AND lease_owner IS NOT NULL`,
  targets: 'SELECT id, webhooks FROM jobs WHERE id = ANY(@ids::text[])',
  attempts: `SELECT delivery_id, started_at, duration_ms, status_code, error FROM delivery_attempts
    WHERE delivery_id = ANY(@ids::text[]) ORDER BY delivery_id, number`,
  counts: `SELECT COUNT(*) AS pending, MIN(occurred_at) AS oldest FROM deliveries WHERE status = 'PENDING'`,
  deleteEnded: `DELETE FROM deliveries WHERE id IN (
      SELECT id FROM deliveries WHERE ended_at < @moment
      ORDER BY ended_at LIMIT @limit::integer FOR UPDATE SKIP LOCKED
    )`,
};
