import type { FileOrder } from '@docket/store';

const FIELDS = ['name', 'id', 'created_at'] as const;

/** The order of lists that ask for none. */
export const NEWEST_FIRST: FileOrder = { by: 'created_at', direction: 'descending' };

/**
 * Reads an order: `name` and `id` ascend, `created_at` descends; `name desc` and lists of such are taken, too. Of a list
 * the first field counts: what follows it could only break ties.
 * @returns Undefined for anything else
 */
export function parseFileOrder(text: string): FileOrder | undefined {
  const orders = text.split(',').map(parseItem);
  return orders.includes(undefined) ? undefined : orders[0];
}

function parseItem(text: string): FileOrder | undefined {
  const [, name, modifier] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  const by = FIELDS.find((field) => field === name);
  if (!by) return undefined;
  const descends = modifier ? modifier.toLowerCase() === 'desc' : by === 'created_at';
  return { by, direction: descends ? 'descending' : 'ascending' };
}
