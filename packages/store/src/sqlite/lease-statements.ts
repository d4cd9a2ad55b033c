import { MOST_LOST_LEASES } from '../ports/leases.js';

/** A table of work that is done under leases. */
export interface LeasedTable {
  readonly table: string;
  /** What is read of a row. */
  readonly columns: string;
  /** What a pending row must fulfil beside, before it may be claimed. */
  readonly ready: string;
}

/** Guards a change: the work is still in the hands of its owner. Parameters: `id`, `owner`. */
export const HELD = `id = @id AND status = 'RUNNING' AND lease_owner = @owner`;

/** What every change that ends work or gives it back sets. Parameter: `updatedAt`. */
export const LEASE_ENDED = 'lease_owner = NULL, lease_expires_at = NULL, updated_at = @updatedAt';

/** A condition for the states that are final. */
export const ENDED = `status IN ('COMPLETED', 'FAILED', 'CANCELLED')`;

/** The statements of {@link LeasedTable}. */
export interface LeaseStatements {
  /** Whether there is anything to claim. Parameter: `nowMs`. */
  readonly claimable: string;
  /** Parameters: `owner`, `nowMs`, `expiresAtMs`, `updatedAt`. */
  readonly claim: string;
  /** Parameters: `ids` (JSON), `owner`, `expiresAtMs`. */
  readonly renew: string;
  /** Parameters: those of {@link HELD}. */
  readonly held: string;
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
  const oldest = 'ORDER BY created_at, id LIMIT 1';
  const pending = `SELECT id, created_at FROM ${table} WHERE status = 'PENDING' AND ${ready} ${oldest}`;
  const lost = `SELECT id, created_at FROM ${table} WHERE status = 'RUNNING' AND lease_expires_at <= @nowMs
    AND lost_leases + 1 < ${MOST_LOST_LEASES} ${oldest}`;
  const candidates = `SELECT * FROM (${pending}) UNION ALL SELECT * FROM (${lost})`;
  return {
    claimable: `SELECT 1 FROM (${candidates}) LIMIT 1`,
    claim: `UPDATE ${table}
      SET status = 'RUNNING', lease_owner = @owner, lease_expires_at = @expiresAtMs,
        lost_leases = lost_leases + (status = 'RUNNING'), updated_at = @updatedAt
      WHERE id = (
        SELECT id FROM (${candidates}) ${oldest}
      )
      RETURNING ${columns}`,
    renew: `UPDATE ${table} SET lease_expires_at = @expiresAtMs
      WHERE id IN (SELECT value FROM json_each(@ids)) AND status = 'RUNNING' AND lease_owner = @owner
      RETURNING id`,
    held: `SELECT 1 FROM ${table} WHERE ${HELD}`,
    release: `UPDATE ${table} SET status = 'PENDING', ${LEASE_ENDED} WHERE ${HELD}`,
    fail: `UPDATE ${table} SET status = 'FAILED', error_message = @errorMessage, ${LEASE_ENDED} WHERE ${HELD}`,
    failLost: `UPDATE ${table} SET status = 'FAILED', error_message = @errorMessage, lost_leases = lost_leases + 1,
        ${LEASE_ENDED}
      WHERE status = 'RUNNING' AND lease_expires_at <= @nowMs AND lost_leases + 1 >= ${MOST_LOST_LEASES}
      RETURNING id`,
    forfeit: `UPDATE ${table} SET lease_owner = NULL, lease_expires_at = 0 WHERE status = 'RUNNING'`,
  };
}
