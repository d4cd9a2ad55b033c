import type { Explanation } from '../api/types.js';
import type { ShownQuote } from '../viewer/shown-quote.js';

/** The quotes for one of the labels of an explanation. Their ids stay the same when the document is scored again. */
export function quotesOfLabel(explanation: Explanation | undefined, label: number): ShownQuote[] {
  const { type = '', evidence = [] } = explanation?.labels[label] ?? {};
  const known = new Map<string, number>();
  return evidence.map((one) => {
    const place = [encodeURIComponent(type), one.kind, one.page, one.start, one.end].join('/');
    const again = known.get(place) ?? 0;
    known.set(place, again + 1);
    return { ...one, id: again === 0 ? place : `${place}/${again}` };
  });
}
