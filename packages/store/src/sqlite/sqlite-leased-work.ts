import type { Clock } from '../ports/instant.js';
import { type Lease, type LeasedWork, type LeaseOptions, LOST_MESSAGE } from '../ports/leases.js';
import type { Parameters, SqliteDatabase } from './database.js';
import { type LeasedTable, type LeaseStatements, leaseStatements } from './lease-statements.js';
import type { SqliteContext } from './sqlite-context.js';

/** Work of one table that is done under leases. */
export abstract class SqliteLeasedWork<Row, Work extends { readonly id: string }> implements LeasedWork<Work> {
  protected readonly database: SqliteDatabase;
  protected readonly clock: Clock;
  readonly #now: () => number;
  readonly #statements: LeaseStatements;

  constructor({ database, clock, now }: SqliteContext, table: LeasedTable) {
    this.database = database;
    this.clock = clock;
    this.#now = now;
    this.#statements = leaseStatements(table);
  }

  protected abstract toWork(row: Row): Work;

  async claim({ owner, leaseMs }: LeaseOptions): Promise<Work | undefined> {
    const nowMs = this.#now();
    // Looking is cheaper than a transaction, and most looks at parse jobs find none.
    if (this.database.get(this.#statements.claimable, { nowMs }) === undefined) return undefined;
    const lease = { owner, nowMs, expiresAtMs: nowMs + leaseMs };
    const row = await this.database.writeSoon(() =>
      this.database.get<Row>(this.#statements.claim, { ...lease, updatedAt: this.clock.now() }),
    );
    return row === undefined ? undefined : this.toWork(row);
  }

  async renew(ids: readonly string[], { owner, leaseMs }: LeaseOptions): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    return this.#changeAll(this.#statements.renew, {
      ids: JSON.stringify(ids),
      owner,
      expiresAtMs: this.#now() + leaseMs,
    });
  }

  async release(lease: Lease): Promise<boolean> {
    return this.changeHeld(this.#statements.release, lease);
  }

  async fail(lease: Lease, errorMessage: string): Promise<boolean> {
    return this.changeHeld(this.#statements.fail, lease, { errorMessage });
  }

  async failLost(): Promise<readonly string[]> {
    const parameters = { nowMs: this.#now(), updatedAt: this.clock.now(), errorMessage: LOST_MESSAGE };
    return this.#changeAll(this.#statements.failLost, parameters);
  }

  async forfeitLeases(): Promise<number> {
    return this.database.write(() => this.database.run(this.#statements.forfeit));
  }

  /** Whether a lease is still held. */
  protected isHeld({ id, owner }: Lease): boolean {
    return this.database.get(this.#statements.held, { id, owner }) !== undefined;
  }

  /** Runs a statement that is guarded by a lease. @returns Whether the lease was still held */
  protected changeHeld(sql: string, { id, owner }: Lease, parameters: Parameters = {}): boolean {
    const updatedAt = this.clock.now();
    const change = () => this.database.run(sql, { ...parameters, id, owner, updatedAt }) === 1;
    return this.database.write(change);
  }

  #changeAll(sql: string, parameters: Parameters): string[] {
    return this.database.write(() => this.database.all<{ id: string }>(sql, parameters)).map(({ id }) => id);
  }
}
