import { statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { isStorageFault, toStorageFault } from '../storage-faults.js';
import { LogCheckpointer } from './log-checkpointer.js';
import { createPrivateFile } from './private-file.js';
import { sha256 } from './sha256.js';
import { SharedWrites } from './shared-writes.js';

/** Values of the named parameters of a statement; those that it does not name are ignored. */
export type Parameters = Readonly<Record<string, string | number | null | Uint8Array>>;

/** Pages of the write-ahead log, and those of them that were moved into the database. */
interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

const NO_LOG: LogState = { log: 0, checkpointed: 0 };

/** How long opening waits for another process that holds the database: nobody waits for answers yet. */
const OPENING_TIMEOUT_MS = 5000;

/**
 * How long anything after that waits, for the event loop stands still meanwhile: for another process that holds the database,
 * and truncating for readers (a backup). Whoever is too late is told, and tries again.
 */
const BUSY_TIMEOUT_MS = 50;

const JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/** Pages (4 KiB) of the write-ahead log that are worth moving into the database. */
const CHECKPOINT_PAGES = 4000;

/** Pages of the log from which on it is to begin anew: that holds up the event loop for as long as the disk takes. */
const RESTART_PAGES = 3 * CHECKPOINT_PAGES;

/** Pages after which the commit itself moves them and everybody waits: only when the thread could not keep up. */
const AUTOMATIC_CHECKPOINT_PAGES = 8 * CHECKPOINT_PAGES;

/** Writes after which the length of the log is looked at. */
const WRITES_BETWEEN_LOOKS = 32;

/** Free pages that the file may keep for reuse, and most that are given back at once. */
const KEPT_FREE_PAGES = 2048;

/** The one connection to the database: prepared statements, and transactions for all that writes. */
export class SqliteDatabase {
  readonly #path: string;
  readonly #connection: BetterSqlite.Database;
  readonly #statements = new Map<string, BetterSqlite.Statement<[Parameters]>>();
  readonly #transaction: BetterSqlite.Transaction<(work: () => unknown) => unknown>;
  readonly #checkpointer: LogCheckpointer;
  readonly #sharedWrites: SharedWrites;
  #writesSinceLook = 0;
  /** From the start: what was deleted may rest in the log that a crash left. */
  #isTruncationDue = true;

  /** Opens or makes the database; nothing is written before its version was looked at. */
  constructor(path: string) {
    this.#path = path;
    createPrivateFile(path);
    this.#connection = new BetterSqlite(path, { timeout: OPENING_TIMEOUT_MS });
    this.#connection.function('sha256', { deterministic: true }, (text) => sha256(String(text)));
    this.#transaction = this.#connection.transaction((work: () => unknown) => work());
    this.#checkpointer = new LogCheckpointer(path);
    this.#sharedWrites = new SharedWrites({ logPath: this.#logPath, commit: (work) => this.write(work) });
  }

  /** From now on, others that hold the database are waited for as long as the event loop may stand still, and no longer. */
  waitBriefly(): void {
    this.#connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }

  /** Sets how the database is kept. Call it once, after its version was looked at. */
  configure(): void {
    // Only has an effect while the database is empty, and must come before everything that writes.
    this.#connection.pragma('auto_vacuum = INCREMENTAL');
    this.#connection.pragma('journal_mode = WAL');
    // Commits do not wait for the disk, which would block the event loop: what must outlast a power cut waits by itself.
    this.#connection.pragma('synchronous = NORMAL');
    this.#connection.pragma('foreign_keys = ON');
    this.#connection.pragma('secure_delete = ON');
    // Sorting must not leave what documents say in temporary files.
    this.#connection.pragma('temp_store = MEMORY');
    this.#connection.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
    this.#connection.pragma(`wal_autocheckpoint = ${AUTOMATIC_CHECKPOINT_PAGES}`);
  }

  get version(): number {
    return Number(this.#connection.pragma('user_version', { simple: true }));
  }

  set version(version: number) {
    this.#connection.pragma(`user_version = ${version}`);
  }

  /** Runs statements that make or change tables. */
  execute(sql: string): void {
    this.#connection.exec(sql);
  }

  /** The first row that a statement gives. */
  get<Row>(sql: string, parameters: Parameters = {}): Row | undefined {
    return this.#prepare(sql).get(parameters) as Row | undefined;
  }

  /** The row of a statement that always gives one. */
  getOne<Row>(sql: string, parameters: Parameters = {}): Row {
    const row = this.get<Row>(sql, parameters);
    if (row === undefined) throw new Error('a statement that always gives a row gave none');
    return row;
  }

  /** All rows that a statement gives. */
  all<Row>(sql: string, parameters: Parameters = {}): Row[] {
    return this.#prepare(sql).all(parameters) as Row[];
  }

  /** Runs a statement that gives no rows. @returns How many rows it changed, without what followed by itself */
  run(sql: string, parameters: Parameters = {}): number {
    return this.#prepare(sql).run(parameters).changes;
  }

  /**
   * Runs everything that writes: in a transaction that is the writer from its beginning, and is taken back on a throw.
   * What was written outlasts a crash of the process; in a power cut the last moments may be lost, in order.
   * Within another one it is a part of that.
   * @throws DocketError `capacity.disk_full`, `state.database_locked`, `state.data_folder_unwritable`
   */
  write<Result>(work: () => Result): Result {
    if (this.#connection.inTransaction) return work();
    try {
      return this.#transaction.immediate(work) as Result;
    } catch (error) {
      throw toStorageFault(error);
    } finally {
      if (++this.#writesSinceLook >= WRITES_BETWEEN_LOOKS) this.#tendLog();
    }
  }

  /**
   * {@link write}, at the end of this turn of the event loop, in one transaction with what else is written so until then.
   * @param work Changes the database and nothing else, for it may run again
   */
  writeSoon<Result>(work: () => Result): Promise<Result> {
    return this.#sharedWrites.add(work, { isDurable: false });
  }

  /**
   * {@link writeSoon}, and then waits until it is on disk: for what callers are told is done. Those who come at the same time
   * share a trip to the disk, and the event loop goes on meanwhile.
   * @param work Changes the database and nothing else, for it may run again
   */
  writeDurably<Result>(work: () => Result): Promise<Result> {
    return this.#sharedWrites.add(work, { isDurable: true });
  }

  /** Runs something that writes, and takes it back. @throws DocketError as {@link write} does */
  tryOut(work: () => unknown): void {
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      work();
    } catch (error) {
      throw toStorageFault(error);
    } finally {
      // A full disk has ended the transaction by itself.
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
    }
  }

  /** Whether something deleted may rest in the log, for it could not be emptied the last time. */
  get isTruncationDue(): boolean {
    return this.#isTruncationDue;
  }

  /**
   * Moves the write-ahead log into the database and empties it, so that nothing deleted rests in it. While a reader, a lock or
   * a full disk is in the way, what was written is safe, and this {@link isTruncationDue}.
   */
  truncateLog(): void {
    this.#isTruncationDue = true;
    this.#isTruncationDue = !this.#emptyLog();
  }

  /** Gives part of the space that deleted rows leave back to the file system. */
  shrink(): void {
    const freePages = Number(this.#connection.pragma('freelist_count', { simple: true }));
    if (freePages <= KEPT_FREE_PAGES) return;
    const pages = Math.min(freePages - KEPT_FREE_PAGES, KEPT_FREE_PAGES);
    this.#connection.exec(`PRAGMA incremental_vacuum(${pages})`);
  }

  /** Closes the connection; the last one to go also removes the write-ahead log. */
  close(): void {
    this.#checkpointer.close();
    this.#sharedWrites.close();
    this.#connection.close();
  }

  /**
   * Has what is new in the log moved by the thread. Once the log is long, the little that was written meanwhile is moved
   * here: only when nothing is left to move does SQLite begin it anew.
   */
  #tendLog(): void {
    this.#writesSinceLook = 0;
    if (this.#checkpointer.isRunning) return;
    const { log, checkpointed } = this.#checkpoint('NOOP');
    if (log - checkpointed < CHECKPOINT_PAGES) return;
    void this.#checkpointer.run().then(() => {
      if (this.#checkpoint('NOOP').log >= RESTART_PAGES) this.#checkpoint('PASSIVE');
    });
  }

  /** Never throws, for nothing that is committed is undone by it: what could not be moved is moved the next time. */
  #checkpoint(mode: 'NOOP' | 'PASSIVE'): LogState {
    try {
      const [state] = this.#connection.pragma(`wal_checkpoint(${mode})`) as readonly LogState[];
      return state ?? NO_LOG;
    } catch {
      return NO_LOG;
    }
  }

  #prepare(sql: string): BetterSqlite.Statement<[Parameters]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare<[Parameters]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #emptyLog(): boolean {
    if (this.#logBytes() === 0) return true;
    try {
      return this.#connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
    } catch (error) {
      if (isStorageFault(toStorageFault(error))) return false;
      throw error;
    }
  }

  #logBytes(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0;
  }

  get #logPath(): string {
    return `${this.#path}-wal`;
  }
}
