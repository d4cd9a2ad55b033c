import type { PostgresTransaction } from './postgres-database.js';

/** How long a count is good for, unless it comes near the most. */
const AGE_MS = 500;

/** Jobs that may come in elsewhere while a count is good for: nearer to the most, it is counted each time. */
const SLACK = 1_000;

/** Whoever counts and then adds does so alone. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtext('docket pending jobs'))`;

const COUNT = `SELECT COUNT(*) AS pending FROM (
    SELECT 1 FROM jobs WHERE status = 'PENDING' LIMIT @most::integer
  ) AS waiting`;

/**
 * How many jobs wait: as of late while they are far from the most, for a long queue takes milliseconds to count; exactly, and
 * one create after the other, when they come near.
 */
export class PendingCount {
  #pending = 0;
  #counted = Number.NEGATIVE_INFINITY;

  /** How many wait, at most so many: until the transaction ends, nobody adds one who is near the most, too. */
  async atMost(most: number, transaction: PostgresTransaction): Promise<number> {
    const now = performance.now();
    const isKnown = now - this.#counted < AGE_MS && this.#pending + SLACK < most;
    if (isKnown) return this.#pending++;
    await transaction.execute(LOCK);
    this.#counted = now;
    this.#pending = (await transaction.getOne<{ pending: number }>(COUNT, { most })).pending;
    return this.#pending;
  }
}
