/** Where the keyboard is in a list, in rows. */
export interface ListPosition {
  readonly at: number;
  readonly count: number;
  /** Rows that can be seen at one time. */
  readonly perPage: number;
}

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The row that a key leads to; undefined for keys that lead nowhere. */
export function rowOfKey({ key, altKey, ctrlKey, metaKey }: Key, position: ListPosition): number | undefined {
  const { at, count, perPage } = position;
  const rows: Partial<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + perPage,
    PageUp: at - perPage,
    Home: 0,
    End: count - 1,
  };
  const row = Object.hasOwn(rows, key) ? rows[key] : undefined;
  if (row === undefined || altKey || ctrlKey || metaKey) return undefined;
  return Math.min(Math.max(row, 0), count - 1);
}
