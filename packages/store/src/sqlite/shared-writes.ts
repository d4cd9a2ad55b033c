import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { isStorageFault, toStorageFault } from '../storage-faults.js';

const syncToDisk = promisify(fdatasync);

/** What shared writes go through. */
export interface SharedWritesOptions {
  /** Of the write-ahead log, which must be there at the first write. */
  readonly logPath: string;
  /** Runs a transaction, which is taken back when its work throws. */
  readonly commit: <Result>(work: () => Result) => Result;
}

/** How a write is done. */
interface WriteOptions {
  /** Whether it is waited for until it is on disk. */
  readonly isDurable: boolean;
}

interface WaitingWrite extends WriteOptions {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface WrittenWrite extends WaitingWrite {
  readonly result: unknown;
}

/**
 * Writes that share transactions: those that come in one turn of the event loop are one. Durable ones share trips to the disk
 * too, during which the event loop goes on: those that come while others are on their way wait for the next transaction.
 */
export class SharedWrites {
  readonly #options: SharedWritesOptions;
  #log: number | undefined;
  #waiting: WaitingWrite[] = [];
  /** Whether this turn ends with a transaction. */
  #isDue = false;
  #isOnTrip = false;
  /** The last one that began. */
  #trip: Promise<void> = Promise.resolve();

  constructor(options: SharedWritesOptions) {
    this.#options = options;
  }

  /**
   * @param work Changes the database and nothing else, and catches nothing: when another one of its transaction throws, it
   *   runs again
   * @returns Its result, once that is committed, and on disk if it is to be durable
   * @throws what the work throws, or why nothing can be written
   */
  add<Result>(work: () => Result, { isDurable }: WriteOptions): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, isDurable, resolve: (result) => resolve(result as Result), reject });
      this.#schedule();
    });
  }

  /** Writes what waits, and lets go of the log when that is on disk: it can be removed meanwhile. May be called again. */
  close(): void {
    // Its trip begins at once: without the connection there may be no log to open.
    const last = this.#takeAlong(this.#write(this.#waiting.splice(0)));
    this.#trip = Promise.all([this.#trip, last]).then(() => this.#closeLog());
  }

  #schedule(): void {
    if (this.#isDue || !this.#waiting.some((write) => this.#mayGo(write))) return;
    this.#isDue = true;
    // What else this turn of the event loop brings comes along.
    setImmediate(() => this.#commitDue());
  }

  #mayGo({ isDurable }: WaitingWrite): boolean {
    return !(isDurable && this.#isOnTrip);
  }

  #commitDue(): void {
    this.#isDue = false;
    const going = this.#waiting.filter((write) => this.#mayGo(write));
    this.#waiting = this.#waiting.filter((write) => !this.#mayGo(write));
    const written = this.#write(going);
    // The trip of none is none: one that is under way stays the last.
    if (written.length > 0) this.#trip = this.#takeAlong(written);
  }

  /** Has what is to be durable brought to the disk, and tells those who wait for it. */
  async #takeAlong(written: readonly WrittenWrite[]): Promise<void> {
    if (written.length === 0) return;
    this.#isOnTrip = true;
    try {
      await this.#sync();
      for (const { resolve, result } of written) resolve(result);
    } catch (error) {
      for (const { reject } of written) reject(toStorageFault(error));
    }
    this.#isOnTrip = false;
    this.#schedule();
  }

  /** Tells those who need not wait for the disk. @returns The others that are in the log now */
  #write(writes: readonly WaitingWrite[]): WrittenWrite[] {
    const written = this.#commitTogether(writes);
    for (const { isDurable, resolve, result } of written) if (!isDurable) resolve(result);
    return written.filter(({ isDurable }) => isDurable);
  }

  #commitTogether(writes: readonly WaitingWrite[]): WrittenWrite[] {
    if (writes.length < 2) return this.#commitEach(writes);
    try {
      const results = this.#options.commit(() => writes.map(({ work }) => work()));
      return writes.map((write, index) => ({ ...write, result: results[index] }));
    } catch (error) {
      // One of them failed, and took the others back with it.
      if (!isLocked(error)) return this.#commitEach(writes);
      for (const { reject } of writes) reject(error);
      return [];
    }
  }

  #commitEach(writes: readonly WaitingWrite[]): WrittenWrite[] {
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

/** Then each write would wait for the lock as long as the first one did, and the event loop with it. */
function isLocked(error: unknown): boolean {
  return isStorageFault(error) && error.code === 'state.database_locked';
}
