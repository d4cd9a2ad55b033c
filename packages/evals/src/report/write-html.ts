import type { LabelMetrics } from '../metrics/metrics.js';
import type { DocumentResult } from '../results/document-result.js';
import type { BenchRun, RunSummary } from '../results/run-summary.js';
import { escapeHtml } from './html/escape-html.js';
import { confusionMatrix } from './html/matrix.js';
import { worstMistakes } from './html/mistakes.js';
import { writePage } from './html/page.js';
import { reliabilityPlot, reviewPlot } from './html/plots.js';
import { decimal, percent } from './markdown.js';

const ROWS_PER_PAGE = 100;

/** A run as one HTML file that opens from disk and asks for nothing from anywhere. */
export function writeHtml({ summary, results }: BenchRun<DocumentResult>): string {
  const { metrics } = summary;
  const body = [
    header(summary),
    '<main>',
    headline(summary),
    remarks(summary),
    '<h2>What was taken for what</h2>',
    confusionMatrix(metrics),
    '<h2>What confidence is worth</h2>',
    `<div class="plots"><figure>${reliabilityPlot(metrics)}<figcaption>On the dashed line, confidences keep what they promise. Calibration error ${decimal(metrics.calibration.ece)}, Brier score ${decimal(metrics.calibration.brier)}.</figcaption></figure>`,
    `<figure>${reviewPlot(metrics)}<figcaption>When a person looks at the least certain answers. The dashed line is looking at random.</figcaption></figure></div>`,
    '<h2>Types</h2>',
    typeTable(metrics.labels),
    '<h2>The worst mistakes</h2>',
    '<p class="soft">Wrong answers, the surest first, with what spoke for the label given and for the right one.</p>',
    worstMistakes(results),
    '<h2 id="documents">All documents</h2>',
    filters(results),
    documentTable(),
    '</main>',
  ].join('\n');
  const data = { rowsPerPage: ROWS_PER_PAGE, documents: results.map(toEntry) };
  return writePage({ title: `${summary.dataset.name}: ${percent(metrics.accuracy.value)}`, body, data });
}

function header({ dataset, rules, engine, startedAt }: RunSummary): string {
  const tuned = rules.tuned ? ', tuned' : '';
  return `<header><div><h1>${escapeHtml(dataset.name)}</h1>
<p class="about">${dataset.items} documents, ${rules.rules.length} rules of ${escapeHtml(rules.file)} (${escapeHtml(rules.identity)}${tuned})<br>${escapeHtml(engine)}<br>${escapeHtml(startedAt)}</p></div>
<button type="button" id="theme">Light or dark</button></header>`;
}

function headline({ metrics }: RunSummary): string {
  const { accuracy, nulls, calibration, time } = metrics;
  const interval =
    accuracy.low === null
      ? ''
      : `95 % interval ${percent(accuracy.low)} to ${percent(accuracy.high)}, by ${metrics.interval.resampled}`;
  const entries = [
    ['Accuracy', percent(accuracy.value), `${accuracy.count} of ${accuracy.of}. ${interval}`],
    ['Macro F1', decimal(metrics.macroF1), 'every label counts the same'],
    ['First choice right', percent(metrics.firstChoice.value), 'whatever the floor'],
    [
      'Null recall',
      percent(nulls.recall.value),
      `${nulls.recall.count} of ${nulls.recall.of}; false alarms ${percent(nulls.falseAlarms.value)}`,
    ],
    ['Calibration error', decimal(calibration.ece), 'expected, ten bins'],
    ['Failed', String(metrics.total - metrics.classified), `of ${metrics.total}`],
    [
      'Documents a second',
      decimal(time.documentsPerSecond, 1),
      `p50 ${decimal(time.p50Ms, 1)} ms, p95 ${decimal(time.p95Ms, 1)} ms`,
    ],
  ];
  const items = entries.map(([name, value, about]) => {
    return `<div><dt>${name}</dt><dd><span class="value">${value}</span><span class="soft">${about}</span></dd></div>`;
  });
  return `<dl class="headline">${items.join('')}</dl>`;
}

function remarks({ dataset, metrics }: RunSummary): string {
  const lines = [
    ...metrics.failures.map(({ code, count }) => `${count} failed with ${code}`),
    ...dataset.unknownLabels.map(
      ({ label, count }) => `no rule has the type ${label}: its ${count} documents count as null`,
    ),
    ...dataset.problems.map(({ place, message }) => `${place}: ${message}`),
  ];
  if (lines.length === 0) return '';
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  return `<details><summary>${lines.length} ${lines.length === 1 ? 'remark' : 'remarks'} about the data set</summary><ul>${items}</ul></details>`;
}

function typeTable(labels: readonly LabelMetrics[]): string {
  const shown = labels.filter(({ support, answered }) => support + answered > 0);
  const rows = shown.map(({ label, support, answered, precision, recall, f1 }) => {
    const cells = [precision, recall, f1].map((value) => `<td class="number">${bar(value)}${percent(value)}</td>`);
    return `<tr><th scope="row">${escapeHtml(label ?? 'null')}</th><td class="number">${support}</td><td class="number">${answered}</td>${cells.join('')}</tr>`;
  });
  const numbers = ['documents', 'answered', 'precision', 'recall', 'F1'];
  const head = numbers.map((name) => `<th scope="col" class="number">${name}</th>`).join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="Types"><table><thead><tr><th scope="col">type</th>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function bar(value: number | null): string {
  if (value === null) return '';
  const width = (100 * value).toFixed(1);
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="bar" width="${width}" height="10"/></svg>`;
}

function filters(results: readonly DocumentResult[]): string {
  const sorted = (values: readonly string[]) => [...new Set(values)].sort();
  const expected = sorted(results.map((result) => result.expected ?? 'null'));
  const answered = sorted(results.flatMap((result) => (result.status === 'failed' ? [] : (result.answered ?? 'null'))));
  const tags = sorted(results.flatMap((result) => result.tags));
  const groups = sorted(results.flatMap(({ group }) => group ?? []));
  const outcomes = ['right', 'wrong', 'failed'].map((outcome) => `<option value="${outcome}">${outcome}</option>`);
  return `<div class="filters">
<label>Search<input type="search" id="search" placeholder="name, reasoning, error"></label>
${select('expected', 'Right answer', expected)}${select('answered', 'Given answer', answered)}
<label>Outcome<select id="outcome"><option value="">all</option>${outcomes.join('')}</select></label>
${tags.length > 0 ? select('tag', 'Tag', tags) : ''}${groups.length > 0 ? select('group', 'Group', groups) : ''}
<button type="button" id="clear">Show all</button></div>`;
}

/** Values begin with `=`, so that none of them is the empty one that stands for all. */
function select(id: string, name: string, values: readonly string[]): string {
  const options = values.map((value) => `<option value="=${escapeHtml(value)}">${escapeHtml(value)}</option>`);
  return `<label>${name}<select id="${id}"><option value="">all</option>${options.join('')}</select></label>`;
}

function documentTable(): string {
  const columns = [
    ['id', 'document'],
    ['expected', 'right answer'],
    ['answered', 'given answer'],
    ['confidence', 'confidence'],
    ['outcome', 'outcome'],
  ];
  const head = columns.map(([key, name]) => {
    return `<th scope="col"${key === 'confidence' ? ' class="number"' : ''}><button type="button" data-sort="${key}">${name}</button></th>`;
  });
  return `<p class="soft" id="count" role="status"></p>
<div class="scroll" tabindex="0" role="region" aria-label="Documents"><table class="documents"><thead><tr>${head.join('')}</tr></thead><tbody id="rows"></tbody></table></div>
<div class="pages"><button type="button" id="previous">Previous</button><span id="place"></span><button type="button" id="next">Next</button></div>`;
}

/** A document as the script knows it. */
function toEntry(result: DocumentResult, position: number) {
  const { id, expected, group, tags } = result;
  const about = { position, id, expected, tags, ...(group === undefined ? {} : { group }) };
  if (result.status === 'failed') {
    const { code, message } = result;
    return { ...about, outcome: 'failed', code, message, text: `${id}\n${code}\n${message}`.toLowerCase() };
  }
  const { answered, confidence, ranking, reasoning, evidence } = result;
  const outcome = answered === expected ? 'right' : 'wrong';
  const text = `${id}\n${reasoning}`.toLowerCase();
  return { ...about, outcome, answered, confidence, ranking: ranking.slice(0, 5), reasoning, evidence, text };
}
