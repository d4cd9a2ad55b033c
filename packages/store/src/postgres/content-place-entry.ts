import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DocketError } from '@docket/core';
import { hasCode } from '../file-errors.js';
import { makeFolder } from '../files/make-folder.js';
import { withStorageFaults } from '../storage-faults.js';
import { locked } from './migrate.js';
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.js';

/** Name of the file that marks the shared folder of a database: a folder that is not mounted does not have it. */
export const FOLDER_MARK = '.docket-files';

/** Where the bytes of contents lie, as the database has it. */
type PlaceEntry =
  | { readonly kind: 'database' }
  /** `path`: where the machine that came first has it mounted. */
  | { readonly kind: 'folder'; readonly id: string; readonly path: string };

const STATEMENTS = {
  read: `SELECT value FROM meta WHERE name = 'files_place'`,
  write: `INSERT INTO meta (name, value) VALUES ('files_place', @value)`,
  // Of a database whose servers did not write down its place yet.
  found: `SELECT EXISTS (SELECT 1 FROM contents WHERE blob_id IS NULL) AS "inFolder",
    EXISTS (SELECT 1 FROM contents WHERE blob_id IS NOT NULL) AS "inDatabase"`,
};

/**
 * Sees to it that all processes have the bytes of contents in the same place: the first one writes down where, all others are
 * compared with it. One with another place would take what it does not find for deleted.
 * @param folder The shared folder; undefined for the database
 * @returns The id that the folder is marked with
 * @throws DocketError `request.invalid_configuration` for another place
 */
export async function settlePlace(database: PostgresDatabase, folder: string | undefined): Promise<string | undefined> {
  let entry: PlaceEntry | undefined;
  const own: PlaceEntry =
    folder === undefined ? { kind: 'database' } : { kind: 'folder', id: randomUUID(), path: resolve(folder) };
  await locked(database, async (transaction) => {
    entry = (await readEntry(transaction)) ?? (await writeEntry(own, transaction));
  });
  if (folder === undefined) {
    if (entry?.kind === 'folder') throw notInDatabase(`a shared folder, ${entry.path} where it was opened first`);
    return undefined;
  }
  if (entry?.kind !== 'folder') throw notInFolder(folder);
  const mark = await readMark(folder);
  if (mark === entry.id) return mark;
  const found = mark === undefined ? 'does not have its mark' : 'has the mark of another database in';
  const message = `the folder ${folder} ${found} ${FOLDER_MARK}, so it is not the one that this database has the bytes of files in (${entry.path} where it was opened first); see that it is mounted, and name it with --files, filesFolder or DOCKET_FILES_FOLDER on every machine`;
  throw new DocketError('request.invalid_configuration', message, { data: { folder, known: entry.path } });
}

/** What a folder is marked with; undefined without a mark. */
export async function readMark(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, FOLDER_MARK), 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function readEntry(transaction: PostgresTransaction): Promise<PlaceEntry | undefined> {
  const row = await transaction.get<{ value: Uint8Array }>(STATEMENTS.read);
  return row && JSON.parse(Buffer.from(row.value).toString('utf8'));
}

async function writeEntry(own: PlaceEntry, transaction: PostgresTransaction): Promise<PlaceEntry> {
  const { inFolder, inDatabase } = await transaction.getOne<{ inFolder: boolean; inDatabase: boolean }>(
    STATEMENTS.found,
  );
  if (own.kind === 'database' && inFolder && !inDatabase) throw notInDatabase('a shared folder');
  if (own.kind === 'folder' && inDatabase && !inFolder) throw notInFolder(own.path);
  await transaction.run(STATEMENTS.write, { value: Buffer.from(JSON.stringify(own)) });
  if (own.kind === 'folder') await mark(own.path, own.id);
  return own;
}

async function mark(folder: string, id: string): Promise<void> {
  try {
    await withStorageFaults(async () => {
      await makeFolder(folder);
      await writeFile(join(folder, FOLDER_MARK), `${id}\n`, { flag: 'wx', mode: 0o600, flush: true });
    });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // The transaction is done again.
    if ((await readMark(folder)) === id) return;
    const message = `the folder ${folder} has the bytes of another database, says its mark ${FOLDER_MARK}; name another with --files, or remove the mark when no database uses it`;
    throw new DocketError('request.invalid_configuration', message, { data: { folder }, cause: error });
  }
}

function notInDatabase(place: string): DocketError {
  const message = `this database has the bytes of files in ${place}, and no folder is named here; name it with --files, filesFolder or DOCKET_FILES_FOLDER`;
  return new DocketError('request.invalid_configuration', message);
}

function notInFolder(folder: string): DocketError {
  const message = `this database has the bytes of files in itself, and not in the folder ${folder}; leave --files, filesFolder and DOCKET_FILES_FOLDER out`;
  return new DocketError('request.invalid_configuration', message, { data: { folder } });
}
