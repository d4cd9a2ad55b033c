import type { ListPart, ListWindow } from '@docket/store';
import { decodePageToken, encodePageToken, type PagingScope } from '../http/paging-token.js';

/** Items that are listed at once when a request does not say. */
const DEFAULT_PAGE_SIZE = 50;

/** A list as it was asked for: by filters, or by the token of the part before, whose filters then hold. */
export interface ListRequest<Filters> {
  readonly filters: Filters;
  readonly pageSize: number | null | undefined;
  readonly pageToken: string | null | undefined;
}

/** A part of a list on its way out. */
export interface ListAnswer<Wire> {
  readonly items: Wire[];
  readonly next_page_token: string | null;
  readonly total_size: number;
}

/**
 * Answers one part of a list.
 * @param load Gets the part from the store
 * @param serialise Writes an item for the wire
 * @throws DocketError `request.invalid_page_token`
 */
export async function listPart<Filters, Item, Wire>(
  { filters, pageSize, pageToken }: ListRequest<Filters>,
  scope: PagingScope,
  load: (query: Filters & ListWindow) => Promise<ListPart<Item>>,
  serialise: (item: Item) => Wire,
): Promise<ListAnswer<Wire>> {
  const start = pageToken ? decodePageToken<Filters>(pageToken, scope) : { filters, cursor: undefined };
  const part = await load({ ...start.filters, limit: pageSize ?? DEFAULT_PAGE_SIZE, after: start.cursor });
  return {
    items: part.items.map(serialise),
    next_page_token: part.next ? encodePageToken({ filters: start.filters, cursor: part.next }, scope) : null,
    total_size: part.total,
  };
}
