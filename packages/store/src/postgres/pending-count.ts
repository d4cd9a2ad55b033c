/** How long a count is good for, unless it comes near the most. */
const AGE_MS = 500;

/** Jobs that may come in elsewhere while a count is good for: nearer to the most, it is counted each time. */
const SLACK = 1_000;

/** Counts jobs that wait. Parameter: `most`. */
export const PENDING_QUERY = `SELECT COUNT(*) AS pending FROM (
    SELECT 1 FROM jobs WHERE status = 'PENDING' LIMIT @most::integer
  ) AS waiting`;

/** How many jobs wait: counted anew only as often as needed, for a long queue takes milliseconds to count. */
export class PendingCount {
  readonly #count: (most: number) => Promise<number>;
  #pending = 0;
  #counted = Number.NEGATIVE_INFINITY;

  /** @param count Counts, up to a number */
  constructor(count: (most: number) => Promise<number>) {
    this.#count = count;
  }

  /** How many wait, at most so many. */
  async atMost(most: number): Promise<number> {
    const now = performance.now();
    const isKnown = now - this.#counted < AGE_MS && this.#pending + SLACK < most;
    if (isKnown) return this.#pending;
    this.#counted = now;
    this.#pending = await this.#count(most);
    return this.#pending;
  }

  /** One more waits. */
  add(): void {
    this.#pending++;
  }
}
