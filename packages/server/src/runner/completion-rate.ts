/** Seconds that the rate looks back. */
const WINDOW_SECONDS = 30;

/** How many things happened a second, as of late. */
export class CompletionRate {
  /** Count by whole second. */
  private readonly counts = new Map<number, number>();
  private first: number | undefined;

  /** @param now Milliseconds, for tests */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Counts one. */
  add(): void {
    const second = Math.floor(this.now() / 1000);
    this.first ??= second;
    this.counts.set(second, (this.counts.get(second) ?? 0) + 1);
    for (const old of this.counts.keys()) {
      if (old > second - WINDOW_SECONDS) break;
      this.counts.delete(old);
    }
  }

  /** Things a second over the last half minute, or since the first one; 0 when there was none. */
  get perSecond(): number {
    const second = Math.floor(this.now() / 1000);
    if (this.first === undefined) return 0;
    const from = Math.max(this.first, second - WINDOW_SECONDS + 1);
    let count = 0;
    for (const [at, number] of this.counts) if (at >= from) count += number;
    return count / Math.max(1, second - from + 1);
  }
}
