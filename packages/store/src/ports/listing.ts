/** Where the next part of a list begins: the sort keys of the last item of this part. Opaque to all but its store. */
export type Cursor = readonly (string | number)[];

/** How much of a list is wanted. */
export interface ListWindow {
  /** At least 1. */
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Part of a list. Paging goes by keys, so items that come and go meanwhile neither shift nor repeat the others. */
export interface ListPart<Item> {
  readonly items: readonly Item[];
  /** Absent on the last part; never there with an empty `items`. */
  readonly next?: Cursor;
  /** Items of the whole list. */
  readonly total: number;
}
