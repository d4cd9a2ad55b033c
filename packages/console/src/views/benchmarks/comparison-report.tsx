import { useEffect, useRef } from 'preact/hooks';
import type { RunComparison, RunDocument } from '../../api/types.js';
import { formatPoints } from '../../common/format.js';
import { ErrorNotice, LoadingState } from '../../common/notice.js';
import { ScrolledTable } from '../../common/scrolled-table.js';
import { useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { formatNumber, formatShare } from './format-share.js';
import { LabelChangeTable } from './label-change-table.js';
import { MetricTile } from './metric-tile.js';
import { compareRuns, MOST_SHOWN } from './runs-api.js';

const KINDS: Readonly<Record<RunComparison['flips'][number]['kind'], string>> = {
  fixed: 'tag-good',
  now_classified: 'tag-good',
  broken: 'tag-bad',
  now_failed: 'tag-bad',
  other_wrong: '',
};

/** What changed between two runs. */
export function ComparisonReport({ before, after }: { readonly before: string; readonly after: string }) {
  const { content, error, reload } = useLoaded((signal) => compareRuns(before, after, signal), [before, after]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [content !== undefined]);
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (!content) return <LoadingState />;
  const { benchmarks: text } = words();
  return (
    <article class="report">
      <header class="report-head">
        <h2 ref={heading} tabIndex={-1}>
          {before} → {after}
        </h2>
      </header>
      {content.warnings.length > 0 && (
        <div class="notice">
          <strong>{text.warnings}</strong>
          <ul>
            {content.warnings.map((warning) => (
              <li key={warning} lang="en">
                {warning}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ComparisonTiles comparison={content} />
      <section class="card">
        <h3>
          {text.flips} <span class="muted">{content.flips.length}</span>
        </h3>
        <FlipTable flips={content.flips} />
      </section>
      <section class="card">
        <h3>{text.labels}</h3>
        <LabelChangeTable labels={content.labels} />
      </section>
    </article>
  );
}

function ComparisonTiles({ comparison }: { readonly comparison: RunComparison }) {
  const { benchmarks: text } = words();
  const { before, after, difference, mcNemar, paired, onlyBefore, onlyAfter } = comparison;
  const points = (value: number | null) => (value === null ? '–' : formatPoints(value, language.value, 1));
  const only = [
    onlyBefore.length > 0 ? `${onlyBefore.length} ${text.onlyBefore}` : '',
    onlyAfter.length > 0 ? `${onlyAfter.length} ${text.onlyAfter}` : '',
  ];
  return (
    <dl class="tiles">
      <MetricTile
        name={text.accuracy}
        value={`${formatShare(before.metrics.accuracy.value)} → ${formatShare(after.metrics.accuracy.value)}`}
      />
      <MetricTile name={text.difference} value={points(difference.value)}>
        {text.interval(points(difference.low), points(difference.high))}
      </MetricTile>
      <MetricTile name={text.pValue} value={formatNumber(mcNemar.pValue)} />
      <MetricTile
        name={text.macroF1}
        value={`${formatNumber(before.metrics.macroF1)} → ${formatNumber(after.metrics.macroF1)}`}
      />
      <MetricTile name={text.paired} value={String(paired)}>
        {only.filter((part) => part !== '').join(', ')}
      </MetricTile>
    </dl>
  );
}

function FlipTable({ flips }: { readonly flips: RunComparison['flips'] }) {
  const { benchmarks: text, noType } = words();
  if (flips.length === 0) return <p class="muted">{text.noFlips}</p>;
  const answerOf = (one: RunDocument) => (one.status === 'failed' ? one.code : (one.answered ?? noType));
  return (
    <ScrolledTable name={text.flips}>
      <table class="table">
        <thead>
          <tr>
            {[text.document, '', text.expected, text.before, text.after, text.why].map((column, index) => (
              <th key={column} scope="col">
                {column}
                {index === 1 && <span class="visually-hidden">{text.flips}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {flips.slice(0, MOST_SHOWN).map(({ id, kind, expected, before, after, why }) => (
            <tr key={id}>
              <th scope="row" class="cell-id">
                {id}
              </th>
              <td>
                <span class={`tag ${KINDS[kind]}`}>{text.flipKinds[kind]}</span>
              </td>
              <td>{expected ?? <em>{noType}</em>}</td>
              <td>{answerOf(before)}</td>
              <td>{answerOf(after)}</td>
              <td class="cell-why" lang="en">
                {why}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {flips.length > MOST_SHOWN && <p class="muted">{text.more(flips.length - MOST_SHOWN)}</p>}
    </ScrolledTable>
  );
}
