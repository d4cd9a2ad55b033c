import { COMMON_JOB_COLUMNS } from '../rows/job-rows.js';
import { ENDED, HELD, LEASE_ENDED, type LeasedTable } from './lease-statements.js';
import { CHANNEL, workMessage } from './notifications.js';
import { KEEP_READ_PARTS } from './postgres-page-cache.js';
import { CREATE_PARSE_PARTS } from './postgres-parse-store.js';
import { JOB_QUEUE } from './work-queues.js';

/** The columns of a `JobRow`. */
export const JOB_COLUMNS = `${COMMON_JOB_COLUMNS}, configuration, expected_engine`;

/** Jobs, as work that is done under leases. */
export const JOBS_TABLE: LeasedTable = {
  table: 'jobs',
  queue: JOB_QUEUE,
  columns: JOB_COLUMNS,
  ready: 'waits_for IS NULL',
};

/** Stands for the jobs of all projects in `counts`. */
export const ALL_PROJECTS = null;

const IDENTIFIED = 'id = @id AND (@projectId::text IS NULL OR project_id = @projectId)';

/** What is asked about jobs and done with them. */
export const JOB_STATEMENTS = {
  columns: JOB_COLUMNS,
  lockUnendedParse: `SELECT id FROM parse_jobs WHERE id = @id AND NOT (${ENDED}) FOR SHARE`,
  // Others are told in the same step, unless the job is not ready yet or they are busy anyway.
  create: `WITH created AS (INSERT INTO jobs (id, project_id, status, input_type, input, source_id, configuration_id, transaction_id,
      parse_job_id, waits_for, is_awaited, expected_engine, created_at, updated_at, webhooks, configuration)
    VALUES (@id, @projectId, 'PENDING', @inputType, @input, @sourceId, @configurationId, @transactionId, @parseJobId,
      @waitsFor, @isAwaited, @expectedEngine, @now, @now, @webhooks, @configuration)
    ON CONFLICT (project_id, transaction_id) WHERE transaction_id IS NOT NULL DO NOTHING
    RETURNING ${JOB_COLUMNS}, waits_for)
    SELECT ${JOB_COLUMNS}, CASE WHEN waits_for IS NULL AND NOT @isQuiet::boolean THEN pg_notify('${CHANNEL}', '${workMessage(JOB_QUEUE.name)}') END AS told
    FROM created`,
  findByTransaction: `SELECT ${JOB_COLUMNS} FROM jobs WHERE project_id = @projectId AND transaction_id = @transactionId`,
  get: `SELECT ${JOB_COLUMNS} FROM jobs WHERE ${IDENTIFIED}`,
  lockHeld: `WITH held AS (SELECT id FROM jobs WHERE ${HELD} FOR UPDATE),
    content AS (SELECT hash FROM contents WHERE hash = @contentHash AND EXISTS (SELECT 1 FROM held) FOR KEY SHARE)
    SELECT (SELECT COUNT(*) FROM held) AS held, (SELECT COUNT(*) FROM content) AS content`,
  cancel: `UPDATE jobs SET status = 'CANCELLED', ${LEASE_ENDED}
    WHERE ${IDENTIFIED} AND status IN ('PENDING', 'RUNNING')
    RETURNING ${JOB_COLUMNS}`,
  delete: `DELETE FROM jobs WHERE ${IDENTIFIED} AND ${ENDED} RETURNING ${JOB_COLUMNS}`,
  explanation: 'SELECT data FROM explanations WHERE job_id = @id',
  counts: `SELECT status, SUM(jobs)::bigint AS jobs FROM job_counts
    WHERE @projectId::text IS NULL OR project_id = @projectId
    GROUP BY status`,
  oldestPending: `SELECT MIN(created_at) AS oldest FROM jobs WHERE status = 'PENDING'`,
  forgetExplanations:
    'DELETE FROM explanations WHERE job_id IN (SELECT id FROM jobs WHERE content_hash = ANY(@hashes::text[]))',
  forgetQuotes: `UPDATE jobs SET result_reasoning = reasoning_without_quotes, reasoning_without_quotes = NULL
    WHERE content_hash = ANY(@hashes::text[]) AND status = 'COMPLETED' AND reasoning_without_quotes IS NOT NULL`,
  deleteEnded: `DELETE FROM jobs WHERE id IN (
      SELECT id FROM jobs WHERE updated_at < @moment AND ${ENDED}
      ORDER BY updated_at LIMIT @limit::integer FOR UPDATE SKIP LOCKED
    )`,
  deleteExplanations: `DELETE FROM explanations WHERE job_id IN (
      SELECT job_id FROM explanations WHERE made_at < @moment
      ORDER BY made_at LIMIT @limit::integer FOR UPDATE SKIP LOCKED
    )`,
};

/**
 * What completes a job, in one statement: keeps what was read for it, leaves its parse job behind, writes the answer and what is
 * behind it, and tells who waits for it. Gives a row when the lease is held.
 */
export function completionStatement({
  keepsRead,
  leavesParse,
}: {
  readonly keepsRead: boolean;
  readonly leavesParse: boolean;
}) {
  const parts = [...(keepsRead ? [KEEP_READ_PARTS] : []), ...(leavesParse ? [CREATE_PARSE_PARTS] : [])];
  const parseId = leavesParse ? 'COALESCE((SELECT id FROM parse), parse_job_id)' : 'parse_job_id';
  parts.push(
    `completed AS (
      UPDATE jobs SET status = 'COMPLETED', result_type = @type, result_confidence = @confidence::double precision,
        result_reasoning = @reasoning, reasoning_without_quotes = @reasoningWithoutQuotes, content_hash = @contentHash,
        parse_job_id = ${parseId}, ${LEASE_ENDED}
      WHERE ${HELD}
      RETURNING id, updated_at, is_awaited
    )`,
    `explained AS (
      INSERT INTO explanations (job_id, made_at, data)
      SELECT id, updated_at, @explanation::text FROM completed WHERE @explanation::text IS NOT NULL
    )`,
  );
  return `WITH ${parts.join(', ')}
    SELECT id, CASE WHEN is_awaited THEN pg_notify('${CHANNEL}', 'ended ' || id) END AS told FROM completed`;
}
