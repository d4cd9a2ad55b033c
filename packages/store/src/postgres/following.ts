import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** After so long without a sign of it, nobody follows for that process any more. */
const FOLLOWED_SECONDS = 15;

/** Of an older sign it is doubtful whether it still counted. */
const SURE_SECONDS = 12;

/** How long transactions are waited for that began before anybody followed. */
const SETTLING_MS = 2_000;
const LOOK_MS = 20;

/** A condition for when somebody follows what happens to jobs. */
export const IS_FOLLOWED = `EXISTS (
    SELECT 1 FROM docket.followers WHERE seen_at > clock_timestamp() - interval '${FOLLOWED_SECONDS} seconds'
  )`;

const FOLLOW = `WITH before AS (
    SELECT seen_at > clock_timestamp() - interval '${SURE_SECONDS} seconds' AS is_sure FROM docket.followers WHERE id = $1
  )
  INSERT INTO docket.followers (id, seen_at) VALUES ($1, clock_timestamp())
  ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at
  RETURNING COALESCE((SELECT is_sure FROM before), false) AS is_sure, pg_current_xact_id()::text AS transaction`;

/** Whether all transactions have ended that began before one: they may have taken it that nobody follows. */
const HAS_SETTLED = `SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS has_settled`;

/** Forgets those that are silent for long. */
export const FORGET_FOLLOWERS = `DELETE FROM followers WHERE seen_at < now() - interval '1 hour'`;

/**
 * Has triggers tell what happens to jobs, for the next seconds.
 * @returns Whether something may have happened that was not told: from now on all is
 */
export async function follow(client: pg.Client, id: string): Promise<boolean> {
  const { rows } = await client.query<{ is_sure: boolean; transaction: string }>(FOLLOW, [id]);
  const [row] = rows;
  if (row === undefined || row.is_sure) return false;
  const deadline = performance.now() + SETTLING_MS;
  while (performance.now() < deadline) {
    const { rows: looked } = await client.query<{ has_settled: boolean }>(HAS_SETTLED, [row.transaction]);
    if (looked[0]?.has_settled) break;
    await delay(LOOK_MS, undefined, { ref: false });
  }
  return true;
}
