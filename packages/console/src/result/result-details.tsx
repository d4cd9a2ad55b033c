import { useState } from 'preact/hooks';
import type { ClassifyResult, Explanation } from '../api/types.js';
import { formatCount, formatDuration, formatPercent } from '../common/format.js';
import { language, words } from '../i18n/language.js';
import { ConfidenceBar } from './confidence-bar.js';
import { QuoteList } from './quote-list.js';
import { quotesOfLabel } from './shown-quotes.js';

/** An answer, and which of its quotes are shown. */
export interface ResultDetailsProperties {
  readonly result: ClassifyResult;
  readonly explanation: Explanation;
  /** Which label's quotes are shown, by its place in the explanation. */
  readonly label: number;
  readonly onLabel: (label: number) => void;
  readonly current: string | undefined;
  readonly onShow: (id: string) => void;
  /** Of its headings. */
  readonly level: 2 | 3;
}

/** Everything that is known of an answer: bars, reasoning, quotes, all rules. */
export function ResultDetails({
  result,
  explanation,
  label,
  onLabel,
  current,
  onShow,
  level,
}: ResultDetailsProperties) {
  const Heading = `h${level}` as const;
  const text = words().result;
  const { labels } = explanation;
  return (
    <div class="details">
      <Leaders result={result} explanation={explanation} />
      <Heading>{text.reasoning}</Heading>
      <p class="reasoning" lang="en" dir="auto">
        {result.reasoning}
      </p>
      <div class="details-line">
        <Heading>{text.evidence}</Heading>
        {labels.length > 1 && (
          <select
            aria-label={text.evidence}
            value={label}
            onChange={(event) => onLabel(Number(event.currentTarget.value))}
          >
            {labels.map(({ type }, index) => (
              <option key={index} value={index}>
                {type}
              </option>
            ))}
          </select>
        )}
      </div>
      <QuoteList quotes={quotesOfLabel(explanation, label)} current={current} onShow={onShow} />
      <Ranking explanation={explanation} />
      <Facts explanation={explanation} />
    </div>
  );
}

function Leaders({ result, explanation }: { readonly result: ClassifyResult; readonly explanation: Explanation }) {
  const { result: text } = words();
  const { ranking, floor, background } = explanation;
  const [best, runnerUp] = ranking;
  if (!best) return null;
  const percent = (share: number) => formatPercent(share, language.value);
  return (
    <div class="leaders">
      <span class="leader-name">{best.type}</span>
      <ConfidenceBar
        type={best.type}
        confidence={best.confidence}
        floor={floor}
        kind={result.type === null ? 'rejected' : 'answer'}
      />
      {runnerUp && (
        <span class="leader-name muted">
          <span class="leader-role">{text.runnerUp}</span> {runnerUp.type}
        </span>
      )}
      {runnerUp && <ConfidenceBar type={runnerUp.type} confidence={runnerUp.confidence} kind="other" />}
      <p class="leaders-note">
        {text.floor(percent(floor))}
        {' · '}
        {describeLead(explanation)}
      </p>
      {result.type === null && background && <p class="leaders-note">{text.background(background.document_type)}</p>}
    </div>
  );
}

function describeLead({ ranking, margin }: Explanation): string {
  const { result } = words();
  const [best, runnerUp] = ranking;
  if (!best || !runnerUp) return result.noRunnerUp;
  const points = formatCount(Math.round((best.confidence - runnerUp.confidence) * 100), language.value);
  if (margin === 0) return result.lead(points);
  return result.leadNeeded(points, formatCount(Math.round(margin * 100), language.value));
}

function Ranking({ explanation: { ranking, floor } }: { readonly explanation: Explanation }) {
  const { result } = words();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {result.ranking} <span class="muted">({ranking.length})</span>
      </summary>
      {isOpen && (
        <ol class="ranking">
          {ranking.map(({ type, confidence }) => (
            <li key={type}>
              <span class="leader-name">{type}</span>
              <ConfidenceBar type={type} confidence={confidence} floor={floor} kind="other" />
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function Facts({ explanation }: { readonly explanation: Explanation }) {
  const { result } = words();
  const { timings, pages, ocr, is_recalled: isRecalled } = explanation;
  const duration = (milliseconds: number) => formatDuration(milliseconds, language.value);
  return (
    <details class="more">
      <summary>{result.facts}</summary>
      <dl class="facts">
        <dt>{result.format}</dt>
        <dd>{explanation.format}</dd>
        <dt>{result.language}</dt>
        <dd>{explanation.language}</dd>
        <dt>{words().viewer.label}</dt>
        <dd>
          {result.pagesRead(pages.read.length, pages.total)}
          {ocr.map(({ page, confidence }) => (
            <div key={page}>{result.ocr(page, formatPercent(confidence / 100, language.value))}</div>
          ))}
        </dd>
        <dt>{words().benchmarks.time}</dt>
        <dd>
          {isRecalled
            ? result.recalled(duration(timings.score_ms))
            : result.time(duration(timings.read_ms), duration(timings.score_ms))}
        </dd>
        <dt>{result.scorer}</dt>
        <dd class="mono">{explanation.scorer}</dd>
      </dl>
    </details>
  );
}
