import PgBoss from 'pg-boss';
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.js';
import type { PostgresQueries } from './queries.js';

/** The schema that pg-boss keeps its tables in. */
export const QUEUE_SCHEMA = 'docket_queue';

/** A kind of work: its queue, and what ids of its work begin with. */
export interface WorkQueue {
  readonly name: string;
  readonly prefix: string;
}

/** Priority of work whose answer somebody waits for. */
const AWAITED_PRIORITY = 10;

/** Times that an entry may be given back: how often work may be lost is decided by its row. */
const RETRIES = 1_000_000_000;

/** How long a queue counts as empty: less than pass between two looks for work that nobody announced. */
const EMPTY_MS = 1_000;

/** Entries last as long as their work: pg-boss would drop them after two weeks. */
const RETENTION_DAYS = 36_500;

const LOCK_ENTRY = `SELECT 1 FROM ${QUEUE_SCHEMA}.job WHERE name = @name AND id = @entry::uuid AND state < 'active'
  FOR UPDATE`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** After so long, entries that are done are moved to the archive, and from there deleted. */
const DONE_SECONDS = 60;

/**
 * Carries work that is ready, with its priority, through pg-boss: one entry for each piece of work, under the UUID of its
 * id. An entry is a hint, and the row decides: who may work and write is settled by the claim and its lease. All changes
 * are part of the transaction that changes the row.
 */
export class JobQueue {
  readonly #boss: PgBoss;
  /** When queues were seen without work, by name. */
  readonly #emptyAt = new Map<string, number>();
  /** How often somebody has said that a queue may have work. */
  #announcements = 0;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** Makes the tables and queues that are not there. Call it while nobody else does. */
  static async open(database: PostgresDatabase, queues: readonly WorkQueue[]): Promise<JobQueue> {
    const boss = new PgBoss({
      db: asExecutor(database),
      schema: QUEUE_SCHEMA,
      // Neither its clock nor its own watch over entries is wanted: leases are ours.
      supervise: false,
      schedule: false,
      archiveCompletedAfterSeconds: DONE_SECONDS,
      deleteAfterSeconds: DONE_SECONDS,
      // Of a queue, 10.4.2 takes minutes only; of all, it takes days.
      retentionDays: RETENTION_DAYS,
    });
    boss.on('error', () => {});
    await boss.start();
    for (const { name } of queues) {
      if ((await boss.getQueue(name)) === null) {
        await boss.createQueue(name, { name, policy: 'standard', retryLimit: RETRIES });
      }
      // Each time: a process may have ended in between, or an index been dropped.
      await makeFetchIndex(database, name);
    }
    return new JobQueue(boss);
  }

  /** Says that a queue may have work again; an empty name stands for all. */
  mayHaveWork(name: string): void {
    this.#announcements++;
    if (name === '') this.#emptyAt.clear();
    else this.#emptyAt.delete(name);
  }

  /** Whether a queue was empty a moment ago, and nobody has said otherwise since. */
  isKnownEmpty({ name }: WorkQueue): boolean {
    return performance.now() - (this.#emptyAt.get(name) ?? Number.NEGATIVE_INFINITY) < EMPTY_MS;
  }

  /** Offers work that is ready. */
  async offer({ name, prefix }: WorkQueue, id: string, place: Place): Promise<void> {
    const { transaction, isAwaited = false } = place;
    this.mayHaveWork(name);
    const options = {
      id: id.slice(prefix.length),
      priority: isAwaited ? AWAITED_PRIORITY : 0,
      db: asExecutor(transaction),
    };
    await this.#boss.send(name, null as unknown as object, options);
  }

  /** Takes the next entry. @returns The id of its work */
  async take({ name, prefix }: WorkQueue, transaction: PostgresTransaction): Promise<string | undefined> {
    const executor = asExecutor(transaction);
    const announcements = this.#announcements;
    const [entry] = await this.#boss.fetch(name, { batchSize: 1, db: executor } as PgBoss.FetchOptions);
    // Its fetch says nothing of an error, and gives nothing.
    if (executor.failure !== undefined) throw executor.failure;
    // What was announced meanwhile may have come too late to be seen.
    if (entry === undefined && announcements === this.#announcements) this.#emptyAt.set(name, performance.now());
    return entry && prefix + entry.id;
  }

  /** Gives work back that was taken: it keeps its place. */
  async giveBack({ name, prefix }: WorkQueue, ids: readonly string[], transaction: PostgresTransaction): Promise<void> {
    if (ids.length === 0) return;
    this.mayHaveWork(name);
    await this.#endings.fail(name, entriesOf(ids, prefix), null, { db: asExecutor(transaction) });
  }

  /** Ends entries whose work has ended. */
  async end({ name, prefix }: WorkQueue, ids: readonly string[], transaction: PostgresTransaction): Promise<void> {
    if (ids.length === 0) return;
    await this.#endings.complete(name, entriesOf(ids, prefix), null, { db: asExecutor(transaction) });
  }

  get #endings(): Endings {
    return this.#boss as unknown as Endings;
  }

  /**
   * Locks an entry that may be taken, before its row is, as those do who take it. Of work that is taken, rows are locked before
   * entries, by all.
   */
  async lockReady({ name, prefix }: WorkQueue, id: string, transaction: PostgresTransaction): Promise<void> {
    const entry = id.slice(prefix.length);
    if (UUID.test(entry)) await transaction.run(LOCK_ENTRY, { name, entry });
  }

  /** Takes an entry out, whether or not somebody has taken it. */
  async withdraw({ name, prefix }: WorkQueue, id: string, transaction: PostgresTransaction): Promise<void> {
    await this.#boss.cancel(name, id.slice(prefix.length), { db: asExecutor(transaction) });
  }

  /** Deletes entries that were done a while ago. */
  async tidy(): Promise<void> {
    await this.#boss.archive();
    await (this.#boss as unknown as { drop(): Promise<void> }).drop();
  }
}

/** As pg-boss has them: its types leave the data out, and what they call options is taken for data then, in no transaction. */
interface Endings {
  complete(name: string, ids: readonly string[], data: null, options: PgBoss.ConnectionOptions): Promise<void>;
  fail(name: string, ids: readonly string[], data: null, options: PgBoss.ConnectionOptions): Promise<void>;
}

/** Where work is offered. */
export interface Place {
  readonly transaction: PostgresTransaction;
  readonly isAwaited?: boolean;
}

function entriesOf(ids: readonly string[], prefix: string): string[] {
  return ids.map((id) => id.slice(prefix.length));
}

/** What pg-boss sends its statements through; keeps what went wrong. */
function asExecutor(queries: PostgresQueries) {
  const executor = {
    failure: undefined as unknown,
    async executeSql(text: string, values?: unknown[]) {
      try {
        return values === undefined ? await queries.runPlain(text) : await queries.runNumbered(text, values);
      } catch (error) {
        executor.failure = error;
        throw error;
      }
    },
  };
  return executor;
}

/** Makes what keeps taking from a long queue quick, unless it is there: pg-boss sorts all that is ready otherwise. */
async function makeFetchIndex(database: PostgresDatabase, name: string): Promise<void> {
  const index = `${name}_in_order`;
  const { isThere } = await database.getOne<{ isThere: boolean }>(
    `SELECT to_regclass('${QUEUE_SCHEMA}.${index}') IS NOT NULL AS "isThere"`,
  );
  if (isThere) return;
  const { partition } = await database.getOne<{ partition: string }>(
    `SELECT partition_name AS partition FROM ${QUEUE_SCHEMA}.queue WHERE name = @name`,
    { name },
  );
  await database.runPlain(`CREATE INDEX IF NOT EXISTS ${index} ON ${QUEUE_SCHEMA}.${partition} (priority DESC, created_on, id)
    WHERE state < 'active'`);
}
