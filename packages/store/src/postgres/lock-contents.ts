import type { PostgresTransaction } from './postgres-database.js';

const LOCK = `SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT ('x' || left(hash, 16))::bit(64)::bigint AS key FROM unnest(@hashes::text[]) AS hash ORDER BY key
  ) AS keys`;

/** Until the transaction ends, nobody else makes or removes these contents. */
export async function lockContents(transaction: PostgresTransaction, hashes: readonly string[]): Promise<void> {
  await transaction.run(LOCK, { hashes });
}
