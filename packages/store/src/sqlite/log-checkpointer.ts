import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** What the thread runs: as text, for a thread cannot load the TypeScript that tests run on. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const BetterSqlite = require(workerData.driver);
parentPort.on('message', () => {
  try {
    const connection = new BetterSqlite(workerData.path, { fileMustExist: true });
    try {
      connection.pragma('wal_checkpoint(PASSIVE)');
    } finally {
      connection.close();
    }
  } finally {
    parentPort.postMessage('done');
  }
});`;

const driver = createRequire(import.meta.url).resolve('better-sqlite3');

/**
 * Moves the write-ahead log of a database into it, in a thread with a connection of its own: that waits for the disk, up to
 * tens of milliseconds, in which the event loop would stand still. The thread starts when it is first needed.
 */
export class LogCheckpointer {
  readonly #path: string;
  #thread: Worker | undefined;
  #running: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether it is at work. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Moves what is in the log now; writers go on meanwhile, and what they add stays. Those who come while it runs wait for it.
   * Never rejects: what could not be moved is moved the next time.
   */
  run(): Promise<void> {
    const end = () => {
      this.#running = undefined;
    };
    this.#running ??= this.#checkpoint().then(end, end);
    return this.#running;
  }

  /** Ends the thread; a checkpoint that runs is broken off, which SQLite mends. */
  close(): void {
    void this.#thread?.terminate();
    this.#thread = undefined;
  }

  async #checkpoint(): Promise<void> {
    this.#thread ??= this.#start();
    const thread = this.#thread;
    await new Promise<void>((resolve) => {
      const end = () => {
        thread.off('message', end).off('exit', end);
        resolve();
      };
      thread.on('message', end).on('exit', end);
      thread.postMessage('checkpoint');
    });
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { eval: true, workerData: { driver, path: this.#path }, execArgv: [] });
    thread.unref();
    const forget = () => {
      if (this.#thread === thread) this.#thread = undefined;
    };
    return thread.on('error', forget).on('exit', forget);
  }
}
