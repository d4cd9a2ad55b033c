/** A reading that somebody waits for. */
interface Reading<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Readings that may be waited for by several: one who comes while a document is read waits for the same reading, and it is
 * stopped when nobody waits for it any more.
 */
export class SharedReadings<Result> {
  private readonly running = new Map<string, Reading<Result>>();

  /**
   * Waits for the reading that is under way, or begins one.
   * @param key Equal for readings that come to the same
   * @throws The signal's reason when that aborts; whatever the reading throws
   */
  share(key: string, begin: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const reading = this.running.get(key) ?? this.begin(key, begin);
    reading.waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        reading.waiting--;
        if (reading.waiting > 0) return;
        this.forget(key, reading);
        reading.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      reading.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private begin(key: string, begin: (signal: AbortSignal) => Promise<Result>): Reading<Result> {
    const controller = new AbortController();
    const reading: Reading<Result> = { result: begin(controller.signal), controller, waiting: 0 };
    this.running.set(key, reading);
    reading.result.catch(() => {}).finally(() => this.forget(key, reading));
    return reading;
  }

  private forget(key: string, reading: Reading<Result>): void {
    if (this.running.get(key) === reading) this.running.delete(key);
  }
}
