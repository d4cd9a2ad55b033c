import { measure } from '../metrics/measure.js';
import type { Metrics } from '../metrics/metrics.js';
import { shareOf } from '../metrics/share.js';
import { cell, decimal, markdownTable, percent, shareText } from '../report/markdown.js';
import type { ClassifiedResult } from '../results/document-result.js';
import { TUNED_PARTS } from './fit-tuning.js';
import type { TuningOutcome } from './tune-rules.js';

/** What {@link writeTuningReport} needs beside the outcome. */
export interface TuningReportOptions {
  /** The types of the rules. */
  readonly types: readonly string[];
  readonly targetPrecision?: number | undefined;
}

/** What tuning would gain, as Markdown. */
export function writeTuningReport(outcome: TuningOutcome, { types, targetPrecision }: TuningReportOptions): string {
  const { before, after, documents, groups, folds, tuning, kept } = outcome;
  const basis = `${documents} documents in ${groups} groups`;
  if (!tuning) return `Tried on ${basis}, and kept nothing: ${whyNothing(targetPrecision)}\n`;
  const [was, is] = [before, after].map((results) => measure(results, { types, durationMs: 0 })) as [Metrics, Metrics];
  const rows = FIGURES.map(([name, show]) => [name, show(was, before), show(is, after)]);
  const dropped = TUNED_PARTS.filter((part) => !kept.includes(part));
  return [
    `Tuned on ${basis}. The right column was measured on ${folds} folds of groups, each with what was fitted on the others.`,
    '',
    ...markdownTable(['', 'as it is', 'tuned, on unseen documents'], rows),
    '',
    ...(targetPrecision === undefined ? [] : [...describeTarget(outcome, targetPrecision), '']),
    `- kept: ${kept.join(', ')}${dropped.length > 0 ? `; did not help: ${dropped.join(', ')}` : ''}`,
    `- floor ${decimal(tuning.floor, 4)}, margin ${decimal(tuning.margin, 4)}`,
    ...(tuning.calibration
      ? [`- calibration: slope ${tuning.calibration.slope}, intercept ${tuning.calibration.intercept}`]
      : []),
    ...Object.entries(tuning.thresholds ?? {}).map(([type, floor]) => `- floor of ${cell(type)}: ${decimal(floor, 4)}`),
    '',
  ].join('\n');
}

type Figure = readonly [name: string, show: (metrics: Metrics, results: readonly ClassifiedResult[]) => string];

const FIGURES: readonly Figure[] = [
  ['accuracy, null included', ({ accuracy }) => shareText(accuracy)],
  ['macro F1', ({ macroF1 }) => decimal(macroF1)],
  ['labels that are right', (_, results) => precisionOf(results)],
  ['left to a person (null)', (_, results) => percent(1 - labelled(results).length / results.length)],
  ['null recall', ({ nulls }) => shareText(nulls.recall)],
  ['false alarms', ({ nulls }) => shareText(nulls.falseAlarms)],
  ['calibration: ECE, Brier', ({ calibration: { ece, brier } }) => `${decimal(ece)}, ${decimal(brier)}`],
];

function describeTarget({ after, reachesTarget }: TuningOutcome, target: number): string[] {
  const verdict = reachesTarget ? 'reached' : 'NOT reached';
  const left = percent(1 - labelled(after).length / after.length);
  return [
    `A precision of ${percent(target)} was ${verdict} on unseen documents: ${precisionOf(after)}. ${left} of the documents are left to a person.`,
  ];
}

function whyNothing(target: number | undefined): string {
  if (target === undefined) return 'no threshold and no calibration helped documents that it was not fitted on.';
  const fewest = Math.ceil(target / (1 - target));
  return `no thresholds reach a precision of ${percent(target)}, which takes ${fewest} documents without a mistake to vouch for.`;
}

function labelled(results: readonly ClassifiedResult[]): ClassifiedResult[] {
  return results.filter(({ answered }) => answered !== null);
}

function precisionOf(results: readonly ClassifiedResult[]): string {
  return shareText(shareOf(labelled(results), ({ answered, expected }) => answered === expected));
}
