import { MOST_LOST_LEASES } from '../ports/leases.js';
import type { WorkQueue } from './job-queue.js';

/** A table of work that is done under leases. */
export interface LeasedTable {
  readonly table: string;
  readonly queue: WorkQueue;
  /** What is read of a row. */
  readonly columns: string;
  /** What a pending row must fulfil beside, before it may be claimed. */
  readonly ready: string;
}

/** Milliseconds since 1970: those of a test, or of the database, whose clock all machines share. */
export const NOW = 'COALESCE(@nowMs::bigint, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint)';

/** Guards a change: the work is still in the hands of its owner. Parameters: `id`, `owner`. */
export const HELD = `id = @id AND status = 'RUNNING' AND lease_owner = @owner`;

/** When a row was changed: the clocks of machines differ, and time must not go back. Parameter: `updatedAt`. */
export const UPDATED = 'updated_at = GREATEST(@updatedAt::text COLLATE "C", updated_at)';

/** What every change that ends work or gives it back sets. Parameter: `updatedAt`. */
export const LEASE_ENDED = `lease_owner = NULL, lease_expires_at = NULL, is_offered_again = false, ${UPDATED}`;

/** A condition for the states that are final. */
export const ENDED = `status IN ('COMPLETED', 'FAILED', 'CANCELLED')`;

const LOST = `status = 'RUNNING' AND lease_expires_at <= ${NOW}`;
const IS_OFTEN_LOST = `lost_leases + 1 >= ${MOST_LOST_LEASES}`;

/** The statements of {@link LeasedTable}. `nowMs` is null unless a test sets the time. */
export interface LeaseStatements {
  /** Parameters: `nowMs`. Marks what may be offered again, and gives the ids. */
  readonly findLost: string;
  /** Parameters: `id`, `owner`, `nowMs`, `leaseMs`, `updatedAt`. */
  readonly claim: string;
  /** Parameters: `id`. Gives whether the work is still to be done. */
  readonly isOpen: string;
  /** Parameters: `ids`, `owner`, `nowMs`, `leaseMs`. */
  readonly renew: string;
  /** Parameters: those of {@link HELD} and {@link LEASE_ENDED}. */
  readonly release: string;
  /** Parameters: those of {@link HELD} and {@link LEASE_ENDED}, and `errorMessage`. */
  readonly fail: string;
  /** Parameters: `nowMs`, `updatedAt`, `errorMessage`. */
  readonly failLost: string;
  readonly forfeit: string;
}

/** Builds the statements, each of them guarded by the state before it. A lost lease is counted when the work is claimed again. */
export function leaseStatements({ table, columns, ready }: LeasedTable): LeaseStatements {
  // What another server is at just now is left to it.
  const some = (condition: string) =>
    `id IN (SELECT id FROM ${table} WHERE ${condition} ORDER BY lease_expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)`;
  return {
    findLost: `UPDATE ${table} SET is_offered_again = true
      WHERE ${some(`${LOST} AND NOT is_offered_again AND NOT (${IS_OFTEN_LOST})`)} RETURNING id`,
    claim: `UPDATE ${table}
      SET status = 'RUNNING', lease_owner = @owner, lease_expires_at = ${NOW} + @leaseMs::bigint,
        lost_leases = lost_leases + (status = 'RUNNING')::integer, is_offered_again = false, ${UPDATED}
      WHERE id = @id AND ((status = 'PENDING' AND ${ready}) OR (${LOST} AND NOT (${IS_OFTEN_LOST})))
      RETURNING ${columns}`,
    isOpen: `SELECT 1 AS open FROM ${table} WHERE id = @id AND NOT (${ENDED})`,
    renew: `UPDATE ${table} SET lease_expires_at = ${NOW} + @leaseMs::bigint, is_offered_again = false
      WHERE id = ANY(@ids::text[]) AND status = 'RUNNING' AND lease_owner = @owner
      RETURNING id`,
    release: `UPDATE ${table} SET status = 'PENDING', ${LEASE_ENDED} WHERE ${HELD} RETURNING id`,
    fail: `UPDATE ${table} SET status = 'FAILED', error_message = @errorMessage, ${LEASE_ENDED} WHERE ${HELD} RETURNING id`,
    failLost: `UPDATE ${table} SET status = 'FAILED', error_message = @errorMessage, lost_leases = lost_leases + 1,
        ${LEASE_ENDED}
      WHERE ${some(`${LOST} AND ${IS_OFTEN_LOST}`)}
      RETURNING id`,
    forfeit: `UPDATE ${table} SET lease_owner = NULL, lease_expires_at = 0 WHERE status = 'RUNNING' RETURNING id`,
  };
}
