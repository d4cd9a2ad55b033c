import type { ClientConfig } from 'pg';
import { MonotonicClock } from '../clock.js';
import type { Store } from '../ports/store.js';
import { BlobPlace } from './blob-place.js';
import type { ContentPlace } from './content-place.js';
import { settlePlace } from './content-place-entry.js';
import { machineMs, measureAhead, readNewestInstant, readSecret } from './database-facts.js';
import { FolderPlace } from './folder-place.js';
import { JobQueue } from './job-queue.js';
import { LocalCopies } from './local-copies.js';
import { locked, migrate } from './migrate.js';
import { Notifications } from './notifications.js';
import { PostgresDatabase } from './postgres-database.js';
import { PostgresStore } from './postgres-store.js';
import type { PostgresMigration } from './schema.js';
import { WORK_QUEUES } from './work-queues.js';

/** Where a store lies that many processes share. */
export interface OpenPostgresOptions {
  readonly config: ClientConfig;
  /** A folder of this machine for copies of documents that are worked on. Made when it is not there. */
  readonly home: string;
  /** A folder that all machines share for the bytes of files; absent: they lie in the database. */
  readonly filesFolder?: string | undefined;
  /** Milliseconds since 1970, in tests. */
  readonly now?: (() => number) | undefined;
  /** In tests. */
  readonly migrations?: readonly PostgresMigration[] | undefined;
}

/**
 * Opens the store in a PostgreSQL database, and brings its schema to the newest version that is known here.
 * @throws DocketError `state.database_unreachable`, `state.database_too_new`, `request.invalid_configuration` when the
 *   database refuses who asks, or has the bytes of files in another place
 */
export async function openPostgresStore(options: OpenPostgresOptions): Promise<Store> {
  const database = new PostgresDatabase(options.config);
  try {
    return await open(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens the same and gives its parts, for what goes beyond the ports. The database must be closed by the caller. */
export async function openPostgresParts(options: OpenPostgresOptions) {
  const database = new PostgresDatabase(options.config);
  try {
    await migrate(database, options.migrations);
    const queue = await openQueue(database);
    await readSecret(database);
    return { database, queue, contents: await openPlace(database, options) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function open(database: PostgresDatabase, options: OpenPostgresOptions): Promise<Store> {
  const { config, now } = options;
  await migrate(database, options.migrations);
  const queue = await openQueue(database);
  const newestInstant = await readNewestInstant(database);
  let aheadMs = now ? 0 : await measureAhead(database);
  const nowMs = now ?? (() => machineMs() + aheadMs);
  const clock = new MonotonicClock({ now: nowMs, after: newestInstant });
  const setAhead = (milliseconds: number) => {
    aheadMs = now ? 0 : milliseconds;
  };
  const secret = await readSecret(database);
  const contents = await openPlace(database, options);
  const notifications = new Notifications(config, (name) => queue.mayHaveWork(name));
  return new PostgresStore(
    { database, clock, now, queue },
    { contents, notifications, secret, newestInstant, nowMs, setAhead },
  );
}

async function openQueue(database: PostgresDatabase): Promise<JobQueue> {
  const opened: JobQueue[] = [];
  await locked(database, async () => void opened.push(await JobQueue.open(database, WORK_QUEUES)));
  const [queue] = opened;
  if (queue === undefined) throw new Error('the queue was not opened');
  return queue;
}

async function openPlace(
  database: PostgresDatabase,
  { home, filesFolder }: OpenPostgresOptions,
): Promise<ContentPlace> {
  const mark = await settlePlace(database, filesFolder);
  if (filesFolder !== undefined && mark !== undefined) return FolderPlace.open({ folder: filesFolder, mark }, database);
  return new BlobPlace(database, await LocalCopies.open(home));
}
