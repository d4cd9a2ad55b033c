import type { RunSummary } from '../results/run-summary.js';
import { escapeHtml } from './html/escape-html.js';
import { writePage } from './html/page.js';
import { cell, decimal, markdownTable, percent } from './markdown.js';

const COLUMNS = [
  'scorer',
  'accuracy',
  '95 % interval',
  'macro F1',
  'first choice',
  'null recall',
  'ECE',
  'ms p50',
  'ms p95',
  'documents/s',
] as const;

/** Several engines on the same documents, beside each other, as Markdown. */
export function writeScorerTable(summaries: readonly RunSummary[]): string {
  const name = summaries[0]?.dataset.name ?? '';
  const rows = summaries.map((summary) => cellsOf(summary).map(cell));
  return [`# ${cell(name)}`, '', ...markdownTable(COLUMNS, rows), '', ...notes(summaries), ''].join('\n');
}

/** {@link writeScorerTable} as a page that links to the reports, each in a folder of the scorer's name. */
export function writeScorerPage(summaries: readonly RunSummary[]): string {
  const name = summaries[0]?.dataset.name ?? '';
  const rows = summaries.map((summary) => {
    const [scorer = '', ...numbers] = cellsOf(summary).map(escapeHtml);
    const link = `<a href="${encodeURIComponent(summary.scorer)}/report.html">${scorer}</a>`;
    return `<tr><th scope="row">${link}</th>${numbers.map((number) => `<td class="number">${number}</td>`).join('')}</tr>`;
  });
  const head = COLUMNS.map((column, index) => `<th scope="col"${index > 0 ? ' class="number"' : ''}>${column}</th>`);
  const body = `<header><h1>${escapeHtml(name)}</h1></header>
<main><div class="scroll" tabindex="0" role="region" aria-label="Scorers"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>
${notes(summaries)
  .map((note) => `<p class="soft">${escapeHtml(note)}</p>`)
  .join('\n')}</main>`;
  return writePage({ title: `${name}: scorers`, body });
}

function cellsOf({ scorer, metrics }: RunSummary): string[] {
  const { accuracy, firstChoice, nulls, calibration, time } = metrics;
  return [
    scorer,
    percent(accuracy.value),
    accuracy.low === null ? '-' : `${percent(accuracy.low)} to ${percent(accuracy.high)}`,
    decimal(metrics.macroF1),
    percent(firstChoice.value),
    percent(nulls.recall.value),
    decimal(calibration.ece),
    decimal(time.p50Ms, 1),
    decimal(time.p95Ms, 1),
    decimal(time.documentsPerSecond, 1),
  ];
}

function notes(summaries: readonly RunSummary[]): string[] {
  const opened = summaries.some(({ metrics }) => metrics.time.opened > 0);
  const time = opened
    ? 'Times include the reading of documents that were not known.'
    : 'All pages were read before: times are those of scoring.';
  return [`${summaries[0]?.metrics.total ?? 0} documents. ${time}`];
}
