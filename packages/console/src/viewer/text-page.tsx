import { formatCount } from '../common/format.js';
import { language, words } from '../i18n/language.js';
import type { ShownQuote } from './shown-quote.js';
import { splitByMarks } from './split-by-marks.js';

const MOST_CHARACTERS = 200_000;

/** The text that was read of a page, with the quotes in it marked by their character ranges. */
export function TextPage({
  text,
  quotes,
  current,
}: {
  readonly text: string;
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}) {
  const { viewer } = words();
  if (text.trim() === '') return <p class="page-note">{viewer.noText}</p>;
  const shown = text.slice(0, MOST_CHARACTERS);
  return (
    <div class="page-text" dir="auto">
      {splitByMarks(shown, quotes).map((piece, index) => {
        const marking = piece.ranges.map((place) => quotes[place]).filter((quote) => quote !== undefined);
        const [first] = marking;
        if (first === undefined) return piece.text;
        const isCurrent = marking.some(({ id }) => id === current);
        return (
          <mark
            key={index}
            class={`text-mark text-mark-${first.kind}${isCurrent ? ' is-current' : ''}`}
            data-quote={marking.map(({ id }) => id).join(' ')}
          >
            {piece.text}
          </mark>
        );
      })}
      {shown.length < text.length && (
        <p class="page-note">{viewer.truncated(formatCount(shown.length, language.value))}</p>
      )}
    </div>
  );
}
