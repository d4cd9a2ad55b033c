import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DocketError } from '@docket/core';
import BetterSqlite from 'better-sqlite3';
import { hasCode } from '../../file-errors.js';
import type { MoveReport } from '../../move-to-shared-store.js';
import { DATABASE_NAME } from '../../open-store.js';
import { lockFolder } from '../../sqlite/folder-lock.js';
import { MIGRATIONS } from '../../sqlite/schema.js';
import type { ContentPlace } from '../content-place.js';
import type { JobQueue } from '../job-queue.js';
import { IS_ALIVE } from '../postgres-cluster.js';
import type { PostgresDatabase, PostgresTransaction } from '../postgres-database.js';
import { COUNT_ALL_JOBS } from '../schema.js';
import { JOB_QUEUE, PARSE_QUEUE } from '../work-queues.js';
import { copyTable, digestOf } from './copy-table.js';
import { holdableWebhooks } from './holdable-webhooks.js';
import { MOVED_TABLES } from './moved-tables.js';

/** Where everything goes. */
export interface MoveTarget {
  readonly database: PostgresDatabase;
  readonly queue: JobQueue;
  readonly contents: ContentPlace;
}

interface SourceContent {
  readonly hash: string;
  readonly size: number;
}

const OCCUPANTS = ['jobs', 'parse_jobs', 'files', 'contents', 'configurations', 'webhooks'];

const STATEMENTS = {
  workers: `SELECT host, process_id FROM workers WHERE ${IS_ALIVE} LIMIT 1`,
  keepContent: 'INSERT INTO contents (hash, size, blob_id) VALUES (@hash, @size::bigint, @blobId::uuid)',
  keepSecret: `UPDATE meta SET value = @secret WHERE name = 'secret'`,
  pending: (table: string, ready: string) =>
    `SELECT id FROM ${table} WHERE status = 'PENDING' AND ${ready} ORDER BY created_at, id`,
  // All were offered at one moment, and must keep the order in which they were created.
  keepOrder: (table: string) => `UPDATE docket_queue.job AS entry SET created_on = work.created_at::timestamptz
    FROM ${table} AS work
    WHERE entry.name = @name AND work.status = 'PENDING' AND entry.id = substr(work.id, @start::integer)::uuid`,
};

/**
 * Moves what a data folder holds to an empty PostgreSQL database: in one transaction, after the bytes of files. What arrived is
 * compared with what left, rows by table and bytes by content, before it is kept.
 * @param source The data folder, or the database in it; nothing in it changes, and no server may use it
 * @throws DocketError `resource.file_not_found`, `state.data_folder_in_use`, `request.invalid_usage` when the target holds
 *   something already, is in use, or the source is of an older Docket, `state.database_too_new`, `resource.unreadable` when something
 *   did not arrive as it left
 */
export async function moveDatabase(source: string, target: MoveTarget): Promise<MoveReport> {
  const file = await findDatabase(source);
  await assertEmpty(target.database);
  await assertUnused(target.database);
  const lock = lockFolder(dirname(file));
  try {
    const sqlite = new BetterSqlite(file, { readonly: true });
    try {
      sqlite.function('holdable_webhooks', holdableWebhooks);
      assertVersion(Number(sqlite.pragma('user_version', { simple: true })), file);
      return await moveAll(sqlite, join(dirname(file), 'files'), target);
    } finally {
      sqlite.close();
    }
  } finally {
    lock.release();
  }
}

/** What has arrived so far: contents by their hash, with the blobs that hold them. */
type Arrived = Map<string, string | null>;

async function moveAll(sqlite: BetterSqlite.Database, filesFolder: string, target: MoveTarget): Promise<MoveReport> {
  const contents = sqlite.prepare('SELECT hash, size FROM contents').all() as SourceContent[];
  const arrived: Arrived = new Map();
  try {
    let bytes = 0;
    for (const { hash, size } of contents) {
      await moveBytes({ hash, path: join(filesFolder, hash.slice(0, 2), hash) }, arrived, target);
      bytes += size;
    }
    return { rows: await moveRows(sqlite, { contents, arrived }, target), bytes };
  } catch (error) {
    for (const [hash, blobId] of arrived) await target.contents.abandon(hash, blobId).catch(() => {});
    throw error;
  }
}

interface MovedContents {
  readonly contents: readonly SourceContent[];
  readonly arrived: Arrived;
}

/** @returns How many, by table */
function moveRows(
  sqlite: BetterSqlite.Database,
  { contents, arrived }: MovedContents,
  { database, queue }: MoveTarget,
): Promise<Record<string, number>> {
  return database.transaction(async (transaction) => {
    const rows: Record<string, number> = { contents: contents.length };
    const secret = sqlite.prepare(`SELECT value FROM meta WHERE name = 'secret'`).pluck().get() as
      | Uint8Array
      | undefined;
    if (secret) await transaction.run(STATEMENTS.keepSecret, { secret });
    for (const { hash, size } of contents) {
      await transaction.run(STATEMENTS.keepContent, { hash, size, blobId: arrived.get(hash) });
    }
    // They would count each job in one row, whose versions pile up until the end, and make events of what happened long ago.
    await transaction.execute('ALTER TABLE jobs DISABLE TRIGGER USER');
    for (const table of MOVED_TABLES) {
      const left = await copyTable(table, sqlite, transaction);
      const found = await digestOf(table, transaction);
      if (left.count !== found.count || left.hash !== found.hash) throw differs(table.name, left, found);
      rows[table.name] = left.count;
    }
    // One that came meanwhile may have tidied up bytes that no row speaks of yet.
    await assertUnused(transaction);
    await transaction.run(COUNT_ALL_JOBS);
    await transaction.execute('ALTER TABLE jobs ENABLE TRIGGER USER');
    await offerPending(queue, transaction);
    return rows;
  });
}

/** Moves the bytes of a content and reads them back. */
async function moveBytes(
  { hash, path }: { readonly hash: string; readonly path: string },
  arrived: Arrived,
  { contents, database }: MoveTarget,
): Promise<void> {
  const file = await open(path).catch((cause) => {
    throw damaged(path, hash, cause);
  });
  const received = await contents
    .receive(file.createReadStream({ autoClose: false }), { maxBytes: Number.POSITIVE_INFINITY })
    .finally(() => file.close());
  if (received.contentHash !== hash) {
    await received[Symbol.asyncDispose]();
    throw damaged(path, hash);
  }
  const blobId = await database.transaction((transaction) => contents.adopt(received, transaction));
  arrived.set(hash, blobId);
  const digest = createHash('sha256');
  for await (const chunk of contents.readAdopted(hash, blobId)) digest.update(chunk);
  if (digest.digest('hex') !== hash) throw damaged(`the copy of ${path}`, hash);
}

async function offerPending(queue: JobQueue, transaction: PostgresTransaction): Promise<void> {
  for (const [name, table, ready] of [
    [JOB_QUEUE, 'jobs', 'waits_for IS NULL'],
    [PARSE_QUEUE, 'parse_jobs', 'TRUE'],
  ] as const) {
    const pending = await transaction.all<{ id: string }>(STATEMENTS.pending(table, ready));
    for (const { id } of pending) await queue.offer(name, id, { transaction });
    await transaction.run(STATEMENTS.keepOrder(table), { name: name.name, start: name.prefix.length + 1 });
  }
}

async function findDatabase(source: string): Promise<string> {
  try {
    const file = (await stat(source)).isDirectory() ? join(source, DATABASE_NAME) : source;
    await stat(file);
    return file;
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw cause;
    const message = `there is no database at ${source}; name the docket.db of a data folder with --from`;
    throw new DocketError('resource.file_not_found', message, { cause });
  }
}

async function assertEmpty(database: PostgresDatabase): Promise<void> {
  for (const table of OCCUPANTS) {
    const { found } = await database.getOne<{ found: boolean }>(`SELECT EXISTS (SELECT 1 FROM ${table}) AS found`);
    if (found)
      throw new DocketError(
        'request.invalid_usage',
        `the database that --to names has ${table} already; name an empty one`,
      );
  }
}

async function assertUnused(queries: Pick<PostgresTransaction, 'get'>): Promise<void> {
  const user = await queries.get<{ host: string; process_id: number }>(STATEMENTS.workers);
  if (user === undefined) return;
  const { host, process_id: id } = user;
  const message = `process ${id} of ${host} uses the database that --to names; stop all servers and workers there and try again. Nothing was moved`;
  throw new DocketError('request.invalid_usage', message, { data: { host, processId: id } });
}

function assertVersion(version: number, file: string): void {
  if (version === MIGRATIONS.length) return;
  if (version > MIGRATIONS.length) {
    const message = `${file} has version ${version}, and this Docket knows versions up to ${MIGRATIONS.length}; use a newer Docket`;
    throw new DocketError('state.database_too_new', message);
  }
  const message = `${file} is of an older Docket; start docket serve with its folder once, stop it, and try again`;
  throw new DocketError('request.invalid_usage', message);
}

function damaged(what: string, hash: string, cause?: unknown): DocketError {
  const message = `${what} does not hold the content ${hash}: it is damaged or gone; put it back from a backup. Nothing was moved`;
  return new DocketError('resource.unreadable', message, { cause });
}

function differs(table: string, left: { readonly count: number }, arrived: { readonly count: number }): DocketError {
  const message = `${left.count} rows of ${table} left and ${arrived.count} arrived, not all of them as they were; nothing was moved`;
  return new DocketError('resource.unreadable', message);
}
