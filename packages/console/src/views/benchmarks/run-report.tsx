import { useEffect, useRef } from 'preact/hooks';
import type { RunSummary } from '../../api/types.js';
import { formatDuration, formatInstant } from '../../common/format.js';
import { ErrorNotice, LoadingState } from '../../common/notice.js';
import { useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { ConfusionMatrix } from './confusion-matrix.js';
import { FailureTable } from './failure-table.js';
import { formatNumber, formatShare } from './format-share.js';
import { LabelTable } from './label-table.js';
import { MetricTile } from './metric-tile.js';
import { MistakeTable } from './mistake-table.js';
import { ReliabilityChart } from './reliability-chart.js';
import { getRun } from './runs-api.js';

/** What was measured in one run. */
export function RunReport({ name }: { readonly name: string }) {
  const wrong = useLoaded((signal) => getRun(name, 'wrong', signal), [name]);
  const failed = useLoaded((signal) => getRun(name, 'failed', signal), [name]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [wrong.content !== undefined]);
  if (wrong.error !== undefined) return <ErrorNotice error={wrong.error} onRetry={wrong.reload} />;
  if (!wrong.content) return <LoadingState />;
  const { summary } = wrong.content;
  const { metrics, dataset, rules } = summary;
  const { benchmarks: text } = words();
  return (
    <article class="report">
      <header class="report-head">
        <h2 ref={heading} tabIndex={-1}>
          {name}
        </h2>
        {rules.tuned && <span class="tag tag-accent">{text.tuned}</span>}
        <p class="muted">
          {dataset.name} · {text.started} {formatInstant(summary.startedAt, language.value)} ·{' '}
          <span class="mono">{rules.identity}</span> · <span class="mono">{summary.engine}</span>
        </p>
      </header>
      <RunTiles summary={summary} />
      <div class="report-columns">
        <section class="card">
          <h3>{text.labels}</h3>
          <LabelTable labels={metrics.labels} />
        </section>
        {metrics.calibration.bins && (
          <section class="card">
            <h3>{text.reliability}</h3>
            <p class="muted">{text.reliabilityHint}</p>
            <ReliabilityChart bins={metrics.calibration.bins} />
          </section>
        )}
      </div>
      <section class="card">
        <h3>{text.mistakes}</h3>
        <MistakeTable documents={wrong.content.results} total={wrong.content.total} />
      </section>
      {failed.error !== undefined && (
        <section class="card">
          <h3>{text.failures}</h3>
          <ErrorNotice error={failed.error} onRetry={failed.reload} />
        </section>
      )}
      {failed.content && failed.content.total > 0 && (
        <section class="card">
          <h3>{text.failures}</h3>
          <FailureTable documents={failed.content.results} total={failed.content.total} />
        </section>
      )}
      {metrics.confusion && (
        <section class="card">
          <h3>{text.confusion}</h3>
          <p class="muted">{text.confusionHint}</p>
          <ConfusionMatrix labels={metrics.labels.map(({ label }) => label)} counts={metrics.confusion} />
        </section>
      )}
    </article>
  );
}

function RunTiles({ summary: { metrics } }: { readonly summary: RunSummary }) {
  const { benchmarks: text } = words();
  const { accuracy, nulls, calibration, time } = metrics;
  const milliseconds = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : formatDuration(value, language.value);
  return (
    <dl class="tiles">
      <MetricTile name={text.accuracy} value={formatShare(accuracy.value)}>
        {text.interval(formatShare(accuracy.low), formatShare(accuracy.high))}
      </MetricTile>
      <MetricTile name={text.macroF1} value={formatNumber(metrics.macroF1)} />
      <MetricTile name={text.calibration} value={formatNumber(calibration.ece)} />
      <MetricTile name={text.nullRecall} value={formatShare(nulls.recall.value)}>
        {nulls.recall.count} / {nulls.recall.of}
      </MetricTile>
      <MetricTile name={text.documents} value={String(metrics.total)}>
        {metrics.total - metrics.classified > 0 && `${metrics.total - metrics.classified} ${text.failures}`}
      </MetricTile>
      <MetricTile name={text.time} value={milliseconds(time?.p50Ms)}>
        p95 {milliseconds(time?.p95Ms)}
      </MetricTile>
    </dl>
  );
}
