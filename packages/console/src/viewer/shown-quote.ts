import type { Evidence } from '../api/types.js';

/** A quote to draw on the pages. */
export interface ShownQuote extends Evidence {
  /** Its place in the list of quotes beside the pages. */
  readonly id: string;
}

/** A wish to see a quote; another one each time, so that the same quote can be asked for again. */
export interface QuoteRequest {
  readonly id: string;
}

/** The quotes of one page, by its number. */
export function quotesOfPage(quotes: readonly ShownQuote[], page: number): ShownQuote[] {
  return quotes.filter((quote) => quote.page === page);
}
