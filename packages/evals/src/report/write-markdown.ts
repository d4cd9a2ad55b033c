import type { Metrics } from '../metrics/metrics.js';
import type { DocumentResult } from '../results/document-result.js';
import type { BenchRun, RunSummary } from '../results/run-summary.js';
import { cell, decimal, markdownTable, percent, shareText } from './markdown.js';

const MOST_CONFUSIONS = 10;

/** Shares of all errors whose price in reviewed documents is told. */
const CAUGHT = [0.5, 0.8, 0.95];

/** A run in brief, as Markdown. */
export function writeMarkdown({ summary }: BenchRun<DocumentResult>): string {
  const { metrics, dataset } = summary;
  return [
    `# ${cell(dataset.name)}`,
    '',
    `Accuracy ${shareText(metrics.accuracy)}.`,
    '',
    ...headline(summary),
    '',
    '## Types',
    '',
    ...typeTable(metrics),
    ...section('Confusions', confusions(metrics)),
    ...section('Review', review(metrics)),
    ...section('Failures', failures(metrics)),
    ...section('The data set', problems(summary)),
    '',
  ].join('\n');
}

function headline({ metrics, engine, rules, startedAt }: RunSummary): string[] {
  const { nulls, calibration, time } = metrics;
  return markdownTable(
    ['', ''],
    [
      ['rules', `${cell(rules.file)} (${rules.identity}${rules.tuned ? ', tuned' : ''})`],
      ['scorer', cell(engine)],
      ['started', startedAt],
      ['documents', `${metrics.total}, of which ${metrics.total - metrics.classified} failed`],
      ['first choice right', shareText(metrics.firstChoice)],
      ['macro F1', decimal(metrics.macroF1)],
      ['null: precision, recall', `${shareText(nulls.precision)}, ${shareText(nulls.recall)}`],
      ['null: false alarms, AUROC', `${shareText(nulls.falseAlarms)}, ${decimal(nulls.auroc)}`],
      ['calibration: ECE, Brier', `${decimal(calibration.ece)}, ${decimal(calibration.brier)}`],
      ['ms a document: p50, p95', `${decimal(time.p50Ms, 1)}, ${decimal(time.p95Ms, 1)}`],
      ['documents a second', `${decimal(time.documentsPerSecond, 1)} (${time.opened} opened, the others known)`],
    ],
  );
}

function typeTable({ labels }: Metrics): string[] {
  const rows = labels
    .filter(({ support, answered }) => support + answered > 0)
    .map(({ label, support, precision, recall, f1 }) => {
      return [
        label === null ? '_null_' : cell(label),
        String(support),
        percent(precision),
        percent(recall),
        percent(f1),
      ];
    });
  return markdownTable(['type', 'documents', 'precision', 'recall', 'F1'], rows);
}

function confusions({ labels, confusion }: Metrics): string[] {
  const name = (index: number) => cell(labels[index]?.label ?? 'null');
  const pairs = confusion.flatMap((row, expected) => {
    return row.flatMap((count, answered) => (expected !== answered && count > 0 ? { expected, answered, count } : []));
  });
  pairs.sort((one, other) => other.count - one.count || one.expected - other.expected || one.answered - other.answered);
  const shown = pairs.slice(0, MOST_CONFUSIONS);
  const lines = shown.map(({ expected, answered, count }) => `- ${name(expected)} -> ${name(answered)}: ${count}`);
  return pairs.length > shown.length ? [...lines, `- and ${pairs.length - shown.length} other pairs`] : lines;
}

function review({ review, accuracy }: Metrics): string[] {
  if (accuracy.of === accuracy.count) return [];
  const points = CAUGHT.flatMap((share) => review.find(({ errorsCaught }) => errorsCaught >= share) ?? []);
  return [...new Set(points)].map(({ errorsCaught, reviewed, accuracyOfRest }) => {
    const rest = accuracyOfRest === null ? '' : `; ${percent(accuracyOfRest)} of the rest are right`;
    return `- ${percent(errorsCaught)} of the errors are among the least certain ${percent(reviewed)}${rest}`;
  });
}

function failures({ failures }: Metrics): string[] {
  return failures.map(({ code, count }) => `- ${code}: ${count}`);
}

function problems({ dataset }: RunSummary): string[] {
  return [
    ...dataset.unknownLabels.map(({ label, count }) => {
      return `- no rule has the type ${cell(label)}: its ${count} documents count as null`;
    }),
    ...dataset.problems.map(({ place, message }) => `- ${cell(place)}: ${cell(message)}`),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `## ${title}`, '', ...lines] : [];
}
