import { words } from '../i18n/language.js';
import type { ShownQuote } from '../viewer/shown-quote.js';

/** The words of a document that speak for a label; choosing one shows it on its page. */
export function QuoteList({
  quotes,
  current,
  onShow,
}: {
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
  readonly onShow: (id: string) => void;
}) {
  const { result } = words();
  if (quotes.length === 0) return <p class="muted">{result.noEvidence}</p>;
  return (
    <ul class="quotes">
      {quotes.map(({ id, quote, page, kind, document_type }) => (
        <li key={id}>
          <button
            type="button"
            class={`quote${id === current ? ' is-current' : ''}`}
            aria-label={result.goTo(quote, page)}
            onClick={() => onShow(id)}
          >
            <q class={`quote-text quote-${kind}`}>{quote}</q>
            <span class="quote-place">
              {[
                page === 0 ? result.titleEvidence : result.page(page),
                kind === 'passage' ? result.meaning : '',
                document_type ?? '',
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
