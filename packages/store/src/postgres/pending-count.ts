import type { PostgresTransaction } from './postgres-database.js';

/** How long a count is good for, unless it comes near the most. */
const AGE_MS = 500;

/** Jobs that may come in elsewhere while a count is good for: nearer to the most, it is counted each time. */
const SLACK = 1_000;

/** Whoever counts and then adds does so alone. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtext('docket pending jobs'))`;

const COUNT = `SELECT COALESCE(SUM(jobs), 0)::bigint AS pending FROM job_counts WHERE status = 'PENDING'`;

/**
 * How many jobs wait: as of late while they are far from the most or have reached it; exactly, and one create after the other,
 * when they come near.
 */
export class PendingCount {
  #pending = 0;
  #counted = Number.NEGATIVE_INFINITY;

  /** How many wait: until the transaction ends, nobody adds one who is near the most, too. */
  async near(most: number, transaction: PostgresTransaction): Promise<number> {
    const now = performance.now();
    const isFresh = now - this.#counted < AGE_MS;
    // Many ask while nothing more is taken, and none of them shall wait for the others.
    if (isFresh && this.#pending >= most) return this.#pending;
    if (isFresh && this.#pending + SLACK < most) return this.#pending++;
    await transaction.execute(LOCK);
    this.#counted = now;
    this.#pending = (await transaction.getOne<{ pending: number }>(COUNT)).pending;
    return this.#pending;
  }

  /** Fewer wait than before: what was full may have room. */
  mayHaveRoom(): void {
    this.#counted = Number.NEGATIVE_INFINITY;
  }
}
