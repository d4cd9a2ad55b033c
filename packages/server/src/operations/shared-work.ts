/** Work that somebody waits for. */
interface Running<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
  /** Runs while nobody waits. */
  grace?: NodeJS.Timeout;
}

/**
 * Work that may be waited for by several: one who comes while it is under way waits for the same, and it is stopped when nobody
 * waits for it any more.
 */
export class SharedWork<Result> {
  private readonly running = new Map<string, Running<Result>>();

  /** @param graceMs How long work that nobody waits for goes on, for one who comes after all; 0: not at all */
  constructor(private readonly graceMs = 0) {}

  /**
   * Waits for the work that is under way, or begins it.
   * @param key Equal for work that comes to the same
   * @throws The signal's reason when that aborts; whatever the work throws
   */
  share(key: string, begin: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const running = this.running.get(key) ?? this.begin(key, begin);
    clearTimeout(running.grace);
    running.waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        running.waiting--;
        if (running.waiting === 0) this.stopSoon(key, running, signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      running.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private begin(key: string, begin: (signal: AbortSignal) => Promise<Result>): Running<Result> {
    const controller = new AbortController();
    const running: Running<Result> = { result: begin(controller.signal), controller, waiting: 0 };
    this.running.set(key, running);
    running.result.catch(() => {}).finally(() => this.forget(key, running));
    return running;
  }

  private stopSoon(key: string, running: Running<Result>, reason: unknown): void {
    const stop = () => {
      this.forget(key, running);
      running.controller.abort(reason);
    };
    if (this.graceMs === 0) stop();
    else running.grace = setTimeout(stop, this.graceMs).unref();
  }

  private forget(key: string, running: Running<Result>): void {
    clearTimeout(running.grace);
    if (this.running.get(key) === running) this.running.delete(key);
  }
}
