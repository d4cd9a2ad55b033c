import { useState } from 'preact/hooks';
import { Button } from '../common/button.js';
import { words } from '../i18n/language.js';
import type { ShownQuote } from '../viewer/shown-quote.js';

/** So many fit beside a page; who wants to know more says so. */
const MOST_AT_FIRST = 8;

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
  const [isWhole, setWhole] = useState(false);
  if (quotes.length === 0) return <p class="muted">{result.noEvidence}</p>;
  const shown = isWhole || quotes.length <= MOST_AT_FIRST + 1 ? quotes : quotes.slice(0, MOST_AT_FIRST);
  return (
    <ul class="quotes">
      {shown.map(({ id, quote, page, kind, document_type }) => (
        <li key={id}>
          <button type="button" class={`quote${id === current ? ' is-current' : ''}`} onClick={() => onShow(id)}>
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
      {shown.length < quotes.length && (
        <li>
          <Button kind="quiet" onClick={() => setWhole(true)}>
            {result.moreEvidence(quotes.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}
