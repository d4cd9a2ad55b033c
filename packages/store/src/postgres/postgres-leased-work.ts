import { type Lease, type LeasedWork, type LeaseOptions, LOST_MESSAGE } from '../ports/leases.js';
import { type LeasedTable, type LeaseStatements, leaseStatements } from './lease-statements.js';
import { announceWork } from './notifications.js';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';
import type { Parameters } from './queries.js';

/** How often each process looks for lost leases before it claims; a test, whose time stands still, does it every time. */
const LOST_INTERVAL_MS = 1_000;

/** Work of one table that is done under leases, and whose queue says what is next. */
export abstract class PostgresLeasedWork<Row, Work extends { readonly id: string }> implements LeasedWork<Work> {
  protected readonly context: PostgresContext;
  protected readonly table: LeasedTable;
  readonly #statements: LeaseStatements;
  #lookedForLost = Number.NEGATIVE_INFINITY;

  constructor(context: PostgresContext, table: LeasedTable) {
    this.context = context;
    this.table = table;
    this.#statements = leaseStatements(table);
  }

  protected abstract toWork(row: Row): Work;

  /** What else happens when work has ended without success or with it, as part of the transaction. */
  protected abstract afterEnd(ids: readonly string[], transaction: PostgresTransaction): Promise<void>;

  /** Not durable: what a crash of the database forgets is claimed again. */
  async claim(options: LeaseOptions): Promise<Work | undefined> {
    await this.#offerLostNowAndThen();
    if (this.context.queue.isKnownEmpty(this.table.queue)) return undefined;
    return this.context.database.transaction(
      async (transaction) => {
        while (true) {
          const id = await this.context.queue.take(this.table.queue, transaction);
          if (id === undefined) return undefined;
          const row = await this.#claim(id, options, transaction);
          if (row !== undefined) return this.toWork(row);
        }
      },
      { isDurable: false },
    );
  }

  async renew(ids: readonly string[], { owner, leaseMs }: LeaseOptions): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const parameters = { ids, owner, leaseMs, nowMs: this.#nowMs() };
    const rows = await this.context.database.all<{ id: string }>(this.#statements.renew, parameters);
    return rows.map(({ id }) => id);
  }

  async release(lease: Lease): Promise<boolean> {
    return this.context.database.transaction(async (transaction) => {
      const isReleased = await this.changeHeld(this.#statements.release, lease, transaction);
      if (isReleased) await this.#offerAgain([lease.id], transaction);
      return isReleased;
    });
  }

  async fail(lease: Lease, errorMessage: string): Promise<boolean> {
    return this.context.database.transaction(async (transaction) => {
      const isFailed = await this.changeHeld(this.#statements.fail, lease, transaction, { errorMessage });
      if (isFailed) await this.end([lease.id], transaction);
      return isFailed;
    });
  }

  /** Also gives the queue back what was lost less often. */
  async failLost(): Promise<readonly string[]> {
    await this.#offerLost();
    return this.context.database.transaction(async (transaction) => {
      const parameters = { nowMs: this.#nowMs(), updatedAt: this.context.clock.now(), errorMessage: LOST_MESSAGE };
      const ids = idsOf(await transaction.all(this.#statements.failLost, parameters));
      await this.end(ids, transaction);
      return ids;
    });
  }

  async forfeitLeases(): Promise<number> {
    return this.context.database.transaction(async (transaction) => {
      return (await transaction.all(this.#statements.forfeit)).length;
    });
  }

  /** Ends the entries of work that has ended, and does what follows from it. */
  protected async end(ids: readonly string[], transaction: PostgresTransaction): Promise<void> {
    if (ids.length === 0) return;
    await this.context.queue.end(this.table.queue, ids, transaction);
    await this.afterEnd(ids, transaction);
  }

  /** Runs a statement that is guarded by a lease. @returns Whether the lease was still held */
  protected async changeHeld(
    sql: string,
    { id, owner }: Lease,
    transaction: PostgresTransaction,
    parameters: Parameters = {},
  ): Promise<boolean> {
    const updatedAt = this.context.clock.now();
    return (await transaction.run(sql, { ...parameters, id, owner, updatedAt })) === 1;
  }

  /** Claims what an entry of the queue stands for, if it may be; an entry whose work has ended is ended here. */
  async #claim(id: string, { owner, leaseMs }: LeaseOptions, transaction: PostgresTransaction) {
    const parameters = { id, owner, leaseMs, nowMs: this.#nowMs(), updatedAt: this.context.clock.now() };
    const row = await transaction.get<Row>(this.#statements.claim, parameters);
    if (row !== undefined) return row;
    const isOpen = (await transaction.get(this.#statements.isOpen, { id })) !== undefined;
    if (!isOpen) await this.context.queue.end(this.table.queue, [id], transaction);
    return undefined;
  }

  async #offerLostNowAndThen(): Promise<void> {
    const now = performance.now();
    if (this.context.now === undefined && now - this.#lookedForLost < LOST_INTERVAL_MS) return;
    this.#lookedForLost = now;
    await this.#offerLost();
  }

  /** In a transaction of its own: what is given back is ready for those that begin later. */
  async #offerLost(): Promise<void> {
    await this.context.database.transaction(async (transaction) => {
      const ids = idsOf(await transaction.all(this.#statements.findLost, { nowMs: this.#nowMs() }));
      await this.#offerAgain(ids, transaction);
    });
  }

  async #offerAgain(ids: readonly string[], transaction: PostgresTransaction): Promise<void> {
    if (ids.length === 0) return;
    await this.context.queue.giveBack(this.table.queue, ids, transaction);
    await announceWork(transaction, this.table.queue);
  }

  #nowMs(): number | null {
    return this.context.now?.() ?? null;
  }
}

function idsOf(rows: readonly unknown[]): string[] {
  return rows.map((row) => (row as { readonly id: string }).id);
}
