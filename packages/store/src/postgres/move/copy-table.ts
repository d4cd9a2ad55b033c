import type BetterSqlite from 'better-sqlite3';
import type { PostgresTransaction } from '../postgres-database.js';
import { decodeText, encodeText } from '../text-codec.js';
import type { MovedTable } from './moved-tables.js';
import { type ColumnValue, RowsDigest } from './rows-digest.js';

/** Rows, and bytes of them, that are sent at once. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 ** 2;

type Row = readonly ColumnValue[];

/** Copies all rows of a table. @returns What left */
export async function copyTable(
  table: MovedTable,
  sqlite: BetterSqlite.Database,
  transaction: PostgresTransaction,
): Promise<RowsDigest> {
  const digest = new RowsDigest();
  const { name, columns, expressions = {} } = table;
  const selected = Object.keys(columns).map((column) => `${expressions[column] ?? column} AS ${column}`);
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of sqlite
    .prepare(`SELECT ${selected.join(', ')} FROM ${name}`)
    .raw()
    .iterate() as Iterable<Row>) {
    digest.add(row);
    batch.push(row);
    bytes += sizeOf(row);
    if (batch.length < BATCH_ROWS && bytes < BATCH_BYTES) continue;
    await insert(table, batch, transaction);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await insert(table, batch, transaction);
  return digest;
}

/** What a table of the target holds. */
export async function digestOf({ name, columns }: MovedTable, transaction: PostgresTransaction): Promise<RowsDigest> {
  const digest = new RowsDigest();
  const names = Object.keys(columns);
  await transaction.execute(`DECLARE moved NO SCROLL CURSOR FOR SELECT ${names.join(', ')} FROM ${name}`);
  while (true) {
    const { rows } = await transaction.runPlain(`FETCH ${BATCH_ROWS} FROM moved`);
    for (const row of rows) digest.add(names.map((column) => decode(row[column])));
    if (rows.length < BATCH_ROWS) break;
  }
  await transaction.execute('CLOSE moved');
  return digest;
}

async function insert(
  { name, columns }: MovedTable,
  rows: readonly Row[],
  transaction: PostgresTransaction,
): Promise<void> {
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  const values = names.map((_, index) => rows.map((row) => encode(row[index] ?? null)));
  const sql = `INSERT INTO ${name} (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`;
  await transaction.runNumbered(sql, values);
}

function encode(value: ColumnValue): ColumnValue {
  return typeof value === 'string' ? encodeText(value) : value;
}

function decode(value: ColumnValue): ColumnValue {
  return typeof value === 'string' ? decodeText(value) : value;
}

function sizeOf(row: Row): number {
  return row.reduce(
    (sum: number, value) => sum + (value instanceof Uint8Array ? value.byteLength : String(value).length),
    0,
  );
}
