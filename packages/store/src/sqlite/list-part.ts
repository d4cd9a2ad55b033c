import type { ListPart, ListWindow } from '../ports/listing.js';
import { afterCursor, condition, joinConditions, type Condition as ListCondition } from '../rows/list-conditions.js';
import type { SqliteDatabase } from './database.js';

/** A condition of a list here. */
type Condition = ListCondition<string>;

/** A list, and the part of it that is wanted. */
export interface ListRequest<Row extends object, Item> {
  readonly table: string;
  readonly columns: string;
  readonly conditions: readonly (Condition | undefined)[];
  /** Columns of text that order the list; together they are unique. */
  readonly order: readonly (keyof Row & string)[];
  readonly direction: 'ASC' | 'DESC';
  /** Whether the conditions leave few rows: then SQLite must find them by these, and sort, not walk along the order. */
  readonly isNarrow?: boolean;
  readonly window: ListWindow;
  readonly toItem: (row: Row) => Item;
  /** Items of the whole list, where that is known without counting. */
  readonly total?: number | undefined;
}

// A `+` before a column keeps SQLite from using an index for it.

/**
 * The condition that a row is of a project.
 * @param hasIds Whether rows are looked up by id: then all rows of the project must not be gone through
 */
export function ofProject(projectId: string, hasIds = false): Condition {
  return { sql: `${hasIds ? '+' : ''}project_id = @projectId`, parameters: { projectId } };
}

/** A condition that a column has one of some values, or none when there are no values to compare with. */
export function oneOf(column: string, name: string, values: readonly string[] | undefined): Condition | undefined {
  const json = values === undefined ? undefined : JSON.stringify(values);
  return condition(`${column} IN (SELECT value FROM json_each(@${name}))`, name, json);
}

/**
 * Reads part of a list by its sort keys.
 * @throws DocketError `request.invalid_page_token` when the cursor is not one of this list
 */
export function listPart<Row extends object, Item>(
  database: SqliteDatabase,
  request: ListRequest<Row, Item>,
): ListPart<Item> {
  const { table, columns, order, direction, isNarrow = false, window, toItem } = request;
  const keys = order.map((column) => (isNarrow ? `+${column}` : column));
  const conditions = request.conditions.filter((item) => item !== undefined);
  const total = request.total ?? count(database, table, conditions);
  const bounded = joinConditions([...conditions, ...afterCursor(keys, direction, window.after)]);
  const sorted = keys.map((key) => `${key} ${direction}`).join(', ');
  const rows = database.all<Row>(
    `SELECT ${columns} FROM ${table} WHERE ${bounded.sql} ORDER BY ${sorted} LIMIT @limit`,
    { ...bounded.parameters, limit: window.limit + 1 },
  );
  const items = rows.slice(0, window.limit);
  const last = items.at(-1);
  const isLastPart = rows.length <= window.limit || last === undefined;
  return {
    items: items.map(toItem),
    total,
    ...(isLastPart ? {} : { next: order.map((column) => String(last[column])) }),
  };
}

function count(database: SqliteDatabase, table: string, conditions: readonly Condition[]): number {
  const { sql, parameters } = joinConditions(conditions);
  const statement = `SELECT COUNT(*) AS total FROM ${table} WHERE ${sql}`;
  return database.get<{ total: number }>(statement, parameters)?.total ?? 0;
}
