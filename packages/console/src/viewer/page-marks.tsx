import { words } from '../i18n/language.js';
import type { ShownQuote } from './shown-quote.js';

/** The quotes of a page where they stand on it, over the drawing. */
export function PageMarks({
  quotes,
  current,
}: {
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}) {
  const text = words();
  return (
    <div class="page-marks">
      {quotes.flatMap(({ id, quote, kind, boxes = [] }) =>
        boxes.map(({ x, y, width, height }, index) => (
          <span
            key={`${id}:${index}`}
            class={`page-mark page-mark-${kind}${id === current ? ' is-current' : ''}`}
            data-quote={id}
            title={text.viewer.quote(quote)}
            style={{ left: percent(x), top: percent(y), width: percent(width), height: percent(height) }}
          />
        )),
      )}
    </div>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
