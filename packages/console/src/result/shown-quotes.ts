import type { Explanation } from '../api/types.js';
import type { ShownQuote } from '../viewer/shown-quote.js';

/** The quotes for one of the labels of an explanation, with ids of their own. */
export function quotesOfLabel(explanation: Explanation | undefined, label: number): ShownQuote[] {
  const { evidence = [] } = explanation?.labels[label] ?? {};
  return evidence.map((one, index) => ({ ...one, id: `${label}-${index}` }));
}
