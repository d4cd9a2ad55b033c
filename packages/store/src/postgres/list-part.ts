import type { ListPart, ListWindow } from '../ports/listing.js';
import { afterCursor, joinConditions, type Condition as ListCondition } from '../rows/list-conditions.js';
import type { PostgresQueries } from './queries.js';

/** A condition of a list here. */
type Condition = ListCondition<string | readonly string[]>;

/** A list, and the part of it that is wanted. */
export interface ListRequest<Row extends object, Item> {
  readonly table: string;
  readonly columns: string;
  readonly conditions: readonly (Condition | undefined)[];
  /** Columns of text that order the list; together they are unique. */
  readonly order: readonly (keyof Row & string)[];
  readonly direction: 'ASC' | 'DESC';
  readonly window: ListWindow;
  readonly toItem: (row: Row) => Item;
  /** Items of the whole list, where that is known without counting. */
  readonly total?: number | undefined;
}

/** The condition that a row is of a project. */
export function ofProject(projectId: string): Condition {
  return { sql: 'project_id = @projectId', parameters: { projectId } };
}

/** A condition that a column has one of some values, or none when there are no values to compare with. */
export function oneOf(column: string, name: string, values: readonly string[] | undefined): Condition | undefined {
  return values === undefined
    ? undefined
    : { sql: `${column} = ANY(@${name}::text[])`, parameters: { [name]: values } };
}

/**
 * Reads part of a list by its sort keys.
 * @throws DocketError `request.invalid_page_token` when the cursor is not one of this list
 */
export async function listPart<Row extends object, Item>(
  queries: PostgresQueries,
  request: ListRequest<Row, Item>,
): Promise<ListPart<Item>> {
  const { table, columns, order, direction, window, toItem } = request;
  const conditions = request.conditions.filter((item) => item !== undefined);
  const bounded = joinConditions([...conditions, ...afterCursor(order, direction, window.after)]);
  const total = request.total ?? (await count(queries, table, conditions));
  const sorted = order.map((key) => `${key} ${direction}`).join(', ');
  const rows = await queries.all<Row>(
    `SELECT ${columns} FROM ${table} WHERE ${bounded.sql} ORDER BY ${sorted} LIMIT @limit::integer`,
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

async function count(queries: PostgresQueries, table: string, conditions: readonly Condition[]): Promise<number> {
  const { sql, parameters } = joinConditions(conditions);
  const statement = `SELECT COUNT(*) AS total FROM ${table} WHERE ${sql}`;
  return (await queries.getOne<{ total: number }>(statement, parameters)).total;
}
