import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const syncToDisk = promisify(fdatasync);

/**
 * Waits until the write-ahead log of a database is on disk, while the event loop goes on. Those who wait at the same time share
 * one trip to the disk.
 */
export class LogSyncer {
  readonly #path: string;
  #log: number | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param path Of the log, which must be there when it is first waited for */
  constructor(path: string) {
    this.#path = path;
  }

  /** Waits for what is in the log now. A trip that has begun may have missed the end of it, so that waits for the next one. */
  async sync(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    const start = () => this.#start();
    this.#next ??= this.#running.then(start, start);
    return this.#next;
  }

  /**
   * Lets those who wait have their trip, and closes the log then: it can be removed meanwhile. Nothing may be waited for any
   * more; may be called again.
   */
  close(): void {
    const end = () => {
      if (this.#log !== undefined) closeSync(this.#log);
      this.#log = undefined;
    };
    const last = this.#next ?? this.#running ?? Promise.resolve();
    void last.then(end, end);
  }

  #start(): Promise<void> {
    this.#next = undefined;
    // The log stays the same file as long as the database is open.
    this.#log ??= openSync(this.#path, 'r');
    const running = syncToDisk(this.#log).finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
