import { DocketError } from '@docket/core';
import type { Cursor } from '../ports/listing.js';

/** A condition of a list, with the parameters that it names. */
export interface Condition<Value> {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Value>>;
}

/** A condition on a value, or none when there is no value. The parameter has the name that `sql` calls it by. */
export function condition(sql: string, name: string, value: string | undefined): Condition<string> | undefined {
  return value === undefined ? undefined : { sql, parameters: { [name]: value } };
}

/**
 * The condition that rows come after a cursor.
 * @throws DocketError `request.invalid_page_token` when the cursor is not one of this list
 */
export function afterCursor(
  keys: readonly string[],
  direction: 'ASC' | 'DESC',
  after: Cursor | undefined,
): Condition<string>[] {
  if (after === undefined) return [];
  if (after.length !== keys.length || after.some((value) => typeof value !== 'string')) {
    throw new DocketError('request.invalid_page_token', 'Invalid page token');
  }
  const names = after.map((_, index) => `after${index}`);
  const marks = names.map((name) => `@${name}`).join(', ');
  const sql = `(${keys.join(', ')}) ${direction === 'ASC' ? '>' : '<'} (${marks})`;
  return [{ sql, parameters: Object.fromEntries(names.map((name, index) => [name, String(after[index])])) }];
}

/** The conditions in one. */
export function joinConditions<Value>(conditions: readonly Condition<Value>[]): Condition<Value> {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    parameters: Object.assign({}, ...conditions.map(({ parameters }) => parameters)),
  };
}
