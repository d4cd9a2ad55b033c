import type { ClientConfig } from 'pg';
import type { Cluster, ClusterListener, WorkerIntroduction, WorkerState } from '../ports/cluster.js';
import { FORGET_FOLLOWERS } from './following.js';
import type { Notifications } from './notifications.js';
import { PostgresDatabase } from './postgres-database.js';

/** Silence after which a worker counts as gone: as long as its leases hold. */
const ALIVE_SECONDS = 15;

/** Silence after which a worker is forgotten. */
const KNOWN_SECONDS = 3_600;

/** Of a row of `workers`. */
export const IS_ALIVE = `seen_at > now() - interval '${ALIVE_SECONDS} seconds'`;

const STATEMENTS = {
  report: `INSERT INTO workers (id, host, process_id, version, engine, models, concurrency, serves, running)
    VALUES (@id, @host, @processId::integer, @version, @engine, @models, @concurrency::integer, @serves, @running::integer)
    ON CONFLICT (id) DO UPDATE SET engine = EXCLUDED.engine, models = EXCLUDED.models, running = EXCLUDED.running,
      seen_at = now()`,
  exists: `SELECT to_regclass('docket.workers') IS NOT NULL AS found`,
  leave: 'DELETE FROM workers WHERE id = @id',
  list: `SELECT id, host, process_id, version, engine, models, concurrency, serves, running, started_at, seen_at,
      ${IS_ALIVE} AS is_alive
    FROM workers WHERE seen_at > now() - interval '${KNOWN_SECONDS} seconds'
    ORDER BY started_at, id`,
  forget: `DELETE FROM workers WHERE seen_at < now() - interval '${KNOWN_SECONDS} seconds'`,
};

interface WorkerRow {
  readonly id: string;
  readonly host: string;
  readonly process_id: number;
  readonly version: string;
  readonly engine: string | null;
  readonly models: string;
  readonly concurrency: number;
  readonly serves: boolean;
  readonly running: number;
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly is_alive: boolean;
}

/** The processes that share a database. */
export class PostgresCluster implements Cluster {
  readonly #database: PostgresDatabase;
  readonly #notifications: Notifications;

  constructor(database: PostgresDatabase, notifications: Notifications) {
    this.#database = database;
    this.#notifications = notifications;
  }

  listen(listener: ClusterListener): () => void {
    return this.#notifications.listen(listener);
  }

  async reportAlive({ models, ...worker }: WorkerIntroduction, running: number): Promise<void> {
    await this.#database.run(STATEMENTS.report, { ...worker, models: JSON.stringify(models), running });
  }

  async leave(workerId: string): Promise<void> {
    await this.#database.run(STATEMENTS.leave, { id: workerId });
  }

  async workers(): Promise<WorkerState[]> {
    return (await this.#database.all<WorkerRow>(STATEMENTS.list)).map(toWorker);
  }

  /** Forgets those that have been silent for long. */
  async tidy(): Promise<void> {
    await this.#database.run(STATEMENTS.forget);
    await this.#database.run(FORGET_FOLLOWERS);
  }
}

/** Those that live in a database, and those that went silent within the last hour; none where no server has been. Only reads. */
export async function readWorkers(config: ClientConfig): Promise<WorkerState[]> {
  const database = new PostgresDatabase(config);
  try {
    const { found } = await database.getOne<{ found: boolean }>(STATEMENTS.exists);
    return found ? (await database.all<WorkerRow>(STATEMENTS.list)).map(toWorker) : [];
  } finally {
    await database.close();
  }
}

function toWorker(row: WorkerRow): WorkerState {
  return {
    id: row.id,
    host: row.host,
    processId: row.process_id,
    version: row.version,
    engine: row.engine,
    models: JSON.parse(row.models),
    concurrency: row.concurrency,
    serves: row.serves,
    running: row.running,
    startedAt: row.started_at,
    seenAt: row.seen_at,
    isAlive: row.is_alive,
  };
}
