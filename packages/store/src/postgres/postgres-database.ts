import { setTimeout as delay } from 'node:timers/promises';
import pg, { type ClientConfig, type PoolClient, type QueryResult } from 'pg';
import { breakConnection } from './end-client.js';
import { isCollision, isLost, toPostgresFault } from './postgres-faults.js';
import { PostgresQueries, type PreparedQuery } from './queries.js';

/** Type of 64-bit integers, which come as numbers: none here is beyond 2^53. */
const INT8 = 20;

/** Connections that one process has at most. */
const MOST_CONNECTIONS = 10;

/** Longest time that a statement may take before its connection counts as lost. */
const QUERY_TIMEOUT_MS = 20_000;

/** After so long, a process that was paused or cut off in the middle of a transaction holds nobody up any more. */
const IDLE_IN_TRANSACTION_MS = 15_000;

/** Statements are prepared and alike each time; to plan one of pg-boss anew takes longer than to run it. */
const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan';

/** How long a close waits for what is under way. */
const CLOSE_MS = 1_000;

/** Times that a transaction is tried which collides with others. */
const MOST_TRIES = 10;
const LONGEST_PAUSE_MS = 20;

/** How a transaction is done. */
export interface TransactionOptions {
  /** Whether a commit waits for the disk. What is done again after a crash need not. @default true */
  readonly isDurable?: boolean;
}

const types = {
  getTypeParser(type: number) {
    return type === INT8 ? Number : pg.types.getTypeParser(type, 'text');
  },
} as NonNullable<ClientConfig['types']>;

/** What every connection is made with. */
export function connectionOptions(config: ClientConfig): ClientConfig {
  const options = [config.options, '-c search_path=docket', GENERIC_PLANS]
    .filter((option) => option !== undefined)
    .join(' ');
  return {
    connectionTimeoutMillis: 5_000,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    fallback_application_name: 'docket',
    ...config,
    options,
    types,
  };
}

/** The connections of a process to its database: statements on any of them, and transactions. */
export class PostgresDatabase extends PostgresQueries {
  readonly #pool: pg.Pool;
  readonly #clients = new Set<PoolClient>();

  constructor(config: ClientConfig) {
    super();
    this.#pool = new pg.Pool({ ...connectionOptions(config), max: MOST_CONNECTIONS, idleTimeoutMillis: 60_000 });
    // An idle connection that breaks is gone from the pool already; the next statement makes another.
    this.#pool.on('error', () => {});
    // One that breaks between two statements of a transaction fails the next of them.
    this.#pool.on('connect', (client) => {
      client.on('error', () => {});
      this.#clients.add(client);
    });
    this.#pool.on('remove', (client) => this.#clients.delete(client));
  }

  /**
   * Does work in one transaction, taken back on a throw. Done again when others were in its way, so it must change nothing
   * outside.
   * @throws DocketError `state.database_unreachable`: then nobody knows whether a commit that was on its way happened
   */
  async transaction<Result>(
    work: (transaction: PostgresTransaction) => Promise<Result>,
    { isDurable = true }: TransactionOptions = {},
  ): Promise<Result> {
    const begin = isDurable ? 'BEGIN' : 'BEGIN; SET LOCAL synchronous_commit = off';
    for (let tries = 1; ; tries++) {
      try {
        return await this.#tryTransaction(begin, work);
      } catch (error) {
        if (!isCollision(error) || tries === MOST_TRIES) throw error;
        await delay(Math.random() * LONGEST_PAUSE_MS);
      }
    }
  }

  /** Does something in a transaction, and takes it back. */
  async tryOut(work: (transaction: PostgresTransaction) => Promise<unknown>): Promise<void> {
    const client = await this.#connect();
    const transaction = new PostgresTransaction(client);
    try {
      await transaction.execute('BEGIN');
      await work(transaction);
      await transaction.execute('ROLLBACK');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Waits for what is under way, but not for long: a connection that was cut never answers. Closes all connections. */
  async close(): Promise<void> {
    const over = new AbortController();
    const tooLong = delay(CLOSE_MS, undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([this.#pool.end(), tooLong]);
    over.abort();
    for (const client of this.#clients) breakConnection(client);
  }

  protected override async send(query: PreparedQuery): Promise<QueryResult> {
    try {
      return await this.#pool.query(query);
    } catch (error) {
      throw toPostgresFault(error);
    }
  }

  async #tryTransaction<Result>(begin: string, work: (transaction: PostgresTransaction) => Promise<Result>) {
    const client = await this.#connect();
    const transaction = new PostgresTransaction(client);
    try {
      await transaction.execute(begin);
      const result = await work(transaction);
      await transaction.execute('COMMIT');
      client.release();
      return result;
    } catch (error) {
      await takeBack(transaction, client, error);
      throw error;
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw toPostgresFault(error);
    }
  }
}

/** One transaction: everything goes over its connection, one after the other. */
export class PostgresTransaction extends PostgresQueries {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    super();
    this.#client = client;
  }

  /** Runs statements without parameters. */
  async execute(sql: string): Promise<void> {
    try {
      await this.#client.query(sql);
    } catch (error) {
      throw toPostgresFault(error);
    }
  }

  protected override async send(query: PreparedQuery): Promise<QueryResult> {
    try {
      return await this.#client.query(query);
    } catch (error) {
      throw toPostgresFault(error);
    }
  }
}

async function takeBack(transaction: PostgresTransaction, client: PoolClient, reason: unknown): Promise<void> {
  const isBroken =
    isLost(reason) ||
    (await transaction.execute('ROLLBACK').then(
      () => false,
      () => true,
    ));
  client.release(isBroken);
}
