import { DEFAULT_MAX_PAGES } from '../documents/limits.js';
import { PageSelection, type PageSelectionOptions } from './page-selection.js';

/** What of a document is read: the fields of the API's `parsing_configuration`. */
export interface ParsingOptions extends PageSelectionOptions {
  /** ISO 639-1. A hint that breaks ties of the detection; never switches anything off. */
  readonly lang?: string | null | undefined;
  /** The only pages that there are to select from, ascending: those of an earlier reading. */
  readonly withinPages?: readonly number[] | undefined;
}

/**
 * The pages that are wanted.
 * @param defaultMaxPages Pages that are read when nothing is said about pages; 0: all
 * @throws DocketError `request.invalid_page_selection`
 */
export function selectionOf(
  { targetPages, maxPages }: ParsingOptions = {},
  defaultMaxPages: number = DEFAULT_MAX_PAGES,
): PageSelection {
  return PageSelection.parse({ targetPages, maxPages: maxPages ?? (defaultMaxPages || null) });
}
