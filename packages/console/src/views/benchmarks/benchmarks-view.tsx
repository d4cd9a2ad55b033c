import { useId, useState } from 'preact/hooks';
import type { RunList } from '../../api/types.js';
import { goTo, hrefOf, route } from '../../app/route.js';
import { Button } from '../../common/button.js';
import { formatInstant, formatPercent } from '../../common/format.js';
import { EmptyState, ErrorNotice, LoadingState } from '../../common/notice.js';
import { useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { ComparisonReport } from './comparison-report.js';
import { RunReport } from './run-report.js';
import { listRuns } from './runs-api.js';

/** Runs of `docket bench`: one opened, or two compared. */
export function BenchmarksView() {
  const { benchmarks: text } = words();
  const { content, error, isLoading, reload } = useLoaded(listRuns, []);
  const [kind, first = '', second = ''] = route.value.path;
  const runs = content?.runs ?? [];
  return (
    <div class="split">
      <section class="pane split-list" aria-labelledby="benchmarks-title">
        <header class="pane-header">
          <h1 id="benchmarks-title">{text.title}</h1>
        </header>
        <div class="pane-body">
          {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
          {isLoading && !content && <LoadingState />}
          {content && runs.length === 0 && (
            <EmptyState title={text.empty}>
              <p>{text.emptyHint}</p>
              <code class="mono">docket serve --runs DIR</code>
            </EmptyState>
          )}
          {runs.length > 1 && (
            <CompareForm
              key={kind === 'compare' ? `${first} ${second}` : ''}
              runs={runs}
              before={first}
              after={second}
            />
          )}
          <RunLinks runs={runs} current={kind === 'run' ? first : undefined} />
        </div>
      </section>
      <div class="split-main">
        {kind === 'run' && <RunReport key={first} name={first} />}
        {kind === 'compare' && <ComparisonReport key={`${first} ${second}`} before={first} after={second} />}
        {kind === undefined && runs.length > 0 && <EmptyState title={text.compareHint} />}
      </div>
    </div>
  );
}

function RunLinks({ runs, current }: { readonly runs: RunList['runs']; readonly current: string | undefined }) {
  const { benchmarks: text } = words();
  return (
    <nav aria-label={text.runs}>
      <ul class="choices">
        {runs.map(({ name, summary }) => (
          <li key={name}>
            <a href={hrefOf('benchmarks', 'run', name)} aria-current={name === current ? 'true' : undefined}>
              <span class="choice-line">
                <span class="choice-name">{name}</span>
                <span class="number">
                  {summary.metrics.accuracy.value === null
                    ? ''
                    : formatPercent(summary.metrics.accuracy.value, language.value, 1)}
                </span>
              </span>
              <span class="muted">
                {summary.dataset.name} · {formatInstant(summary.startedAt, language.value)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function CompareForm({
  runs,
  before,
  after,
}: {
  readonly runs: RunList['runs'];
  readonly before: string;
  readonly after: string;
}) {
  const { benchmarks: text } = words();
  const id = useId();
  const isRun = (name: string) => runs.some((run) => run.name === name);
  // Newest first: the one before last against the last.
  const [one, setOne] = useState(isRun(before) && isRun(after) ? before : (runs[1]?.name ?? ''));
  const [other, setOther] = useState(isRun(after) ? after : (runs[0]?.name ?? ''));
  const fields = [
    { label: text.before, value: one, set: setOne },
    { label: text.after, value: other, set: setOther },
  ];
  return (
    <form
      class="compare"
      onSubmit={(event) => {
        event.preventDefault();
        goTo('benchmarks', 'compare', one, other);
      }}
    >
      {fields.map(({ label, value, set }) => (
        <div key={label} class="compare-field">
          <label for={`${id}-${label}`}>{label}</label>
          <select id={`${id}-${label}`} value={value} onChange={(event) => set(event.currentTarget.value)}>
            {runs.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
      <Button submit disabled={one === other}>
        {text.compare}
      </Button>
    </form>
  );
}
