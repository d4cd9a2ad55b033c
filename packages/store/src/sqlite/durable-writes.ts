import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { isStorageFault, toStorageFault } from '../storage-faults.js';

const syncToDisk = promisify(fdatasync);

/** What durable writes go through. */
export interface DurableWritesOptions {
  /** Of the write-ahead log, which must be there at the first write. */
  readonly logPath: string;
  /** Runs a transaction, which is taken back when its work throws. */
  readonly commit: <Result>(work: () => Result) => Result;
}

interface WaitingWrite {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface WrittenWrite extends WaitingWrite {
  readonly result: unknown;
}

/**
 * Writes whose callers wait until they are on disk, while the event loop goes on. Those that come in one turn of it, or while
 * others are on their way to the disk, share the next transaction and the next trip.
 */
export class DurableWrites {
  readonly #options: DurableWritesOptions;
  #log: number | undefined;
  #waiting: WaitingWrite[] = [];
  #isUnderWay = false;
  /** The last one that began. Never rejects. */
  #trip: Promise<void> = Promise.resolve();

  constructor(options: DurableWritesOptions) {
    this.#options = options;
  }

  /**
   * @param work Changes the database and nothing else: when another one of its transaction throws, it runs again
   * @returns Its result, once that is on disk
   * @throws what the work throws, or why nothing can be written
   */
  add<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: (result) => resolve(result as Result), reject });
      this.#begin();
    });
  }

  /** Writes what waits, and lets go of the log when that is on disk: it can be removed meanwhile. May be called again. */
  close(): void {
    const earlier = this.#trip;
    const last = this.#write(this.#waiting.splice(0));
    this.#trip = earlier.then(() => this.#takeAlong(last)).then(() => this.#closeLog());
  }

  #begin(): void {
    if (this.#isUnderWay || this.#waiting.length === 0) return;
    this.#isUnderWay = true;
    // What else this turn of the event loop brings comes along.
    setImmediate(() => void this.#go());
  }

  async #go(): Promise<void> {
    this.#trip = this.#takeAlong(this.#write(this.#waiting.splice(0)));
    await this.#trip;
    this.#isUnderWay = false;
    this.#begin();
  }

  /** Has what was written brought to the disk, and tells those who wait for it. */
  async #takeAlong(written: readonly WrittenWrite[]): Promise<void> {
    if (written.length === 0) return;
    try {
      await this.#sync();
      for (const { resolve, result } of written) resolve(result);
    } catch (error) {
      for (const { reject } of written) reject(toStorageFault(error));
    }
  }

  /** @returns Those that are in the log now; the others are rejected */
  #write(writes: readonly WaitingWrite[]): WrittenWrite[] {
    if (writes.length > 1) {
      try {
        const results = this.#options.commit(() => writes.map(({ work }) => work()));
        return writes.map((write, index) => ({ ...write, result: results[index] }));
      } catch (error) {
        if (isStorageFault(error)) {
          for (const { reject } of writes) reject(error);
          return [];
        }
        // One of them failed, and took the others back with it: each by itself then.
      }
    }
    return writes.flatMap((write) => {
      try {
        return [{ ...write, result: this.#options.commit(write.work) }];
      } catch (error) {
        write.reject(error);
        return [];
      }
    });
  }

  #sync(): Promise<void> {
    // The log stays the same file as long as the database is open.
    this.#log ??= openSync(this.#options.logPath, 'r');
    return syncToDisk(this.#log);
  }

  #closeLog(): void {
    if (this.#log !== undefined) closeSync(this.#log);
    this.#log = undefined;
  }
}
