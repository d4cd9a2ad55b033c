import type { QueryResult } from 'pg';
import { numberParameters } from './named-parameters.js';
import { decodeText, encodeText } from './text-codec.js';

type Scalar = string | number | boolean | null | Uint8Array;

/** Values of the named parameters of a statement; those that it does not name are ignored. */
export type Parameters = Readonly<
  Record<string, Scalar | undefined | readonly string[] | readonly number[] | readonly Uint8Array[]>
>;

/** A statement on its way to the database: prepared once for each connection under its name. */
export interface PreparedQuery {
  /** Absent for statements that are not prepared. */
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

const names = new Map<string, string>();

/** What can be asked of the database, by one connection or by any. Statements name their parameters (`@id`). */
export abstract class PostgresQueries {
  /** Sends a statement. @throws DocketError `state.database_unreachable` and the other faults of the storage */
  protected abstract send(query: PreparedQuery): Promise<QueryResult>;

  /** The first row that a statement gives. */
  async get<Row>(sql: string, parameters: Parameters = {}): Promise<Row | undefined> {
    return (await this.all<Row>(sql, parameters))[0];
  }

  /** The row of a statement that always gives one. */
  async getOne<Row>(sql: string, parameters: Parameters = {}): Promise<Row> {
    const row = await this.get<Row>(sql, parameters);
    if (row === undefined) throw new Error('a statement that always gives a row gave none');
    return row;
  }

  /** All rows that a statement gives. */
  async all<Row>(sql: string, parameters: Parameters = {}): Promise<Row[]> {
    const { rows } = await this.send(prepare(sql, parameters));
    for (const row of rows) decodeRow(row);
    return rows;
  }

  /** Runs a statement that gives no rows. @returns How many rows it changed */
  async run(sql: string, parameters: Parameters = {}): Promise<number> {
    return (await this.send(prepare(sql, parameters))).rowCount ?? 0;
  }

  /** Runs statements without parameters; several are separated by `;`. */
  runPlain(text: string): Promise<QueryResult> {
    return this.send({ text });
  }

  /** Runs a statement of others, with numbered parameters that are given as they are. */
  runNumbered(text: string, values: unknown[]): Promise<QueryResult> {
    return this.send({ name: nameOf(text), text, values });
  }
}

function prepare(sql: string, parameters: Parameters): PreparedQuery {
  const statement = numberParameters(sql);
  return {
    name: nameOf(statement.text),
    text: statement.text,
    values: statement.names.map((name) => encode(parameters[name])),
  };
}

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `docket-${names.size}`;
  names.set(text, name);
  return name;
}

function encode(value: Parameters[string]): unknown {
  if (typeof value === 'string') return encodeText(value);
  if (value instanceof Uint8Array) return asBuffer(value);
  if (Array.isArray(value)) return value.map(encode);
  return value ?? null;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodeRow(row: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string') row[name] = decodeText(value);
  }
}
