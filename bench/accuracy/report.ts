import type { EvalDocument } from './eval-set.js';
import {
  type Answer,
  calibrationError,
  confusions,
  count,
  isAnsweredRight,
  isFirstRight,
  logLoss,
  macroAccuracy,
  type Share,
} from './metrics.js';

/** The answers of one engine. */
export interface Measured {
  readonly scorer: string;
  /** Whether the knowledge of document types took part. */
  readonly knowledge: boolean;
  readonly identity: string;
  readonly all: readonly Answer[];
  readonly few: readonly Answer[];
}

/** What {@link writeReport} is given. */
export interface ReportInput {
  readonly measured: readonly Measured[];
  readonly documents: readonly EvalDocument[];
  readonly unread: readonly { readonly path: string; readonly code: string }[];
  readonly few: readonly string[];
}

/** Writes the accuracy report, Markdown. */
export function writeReport({ measured, documents, unread, few }: ReportInput): string {
  const labelled = documents.filter((document) => document.expected !== null);
  const labels = new Set(labelled.map((document) => document.expected)).size;
  const codes = [...new Set(unread.map(({ code }) => code))].map(
    (code) => `${unread.filter((one) => one.code === code).length} ${code}`,
  );
  const main = measured[0];
  return [
    '# Accuracy',
    '',
    `Written by \`pnpm --filter @docket/bench accuracy\`. ${labelled.length} documents with text of ${labels} types and`,
    `${documents.length - labelled.length} \`other\` (right answer: null), against 28 rules; ${unread.length} more could not be read (${codes.join(', ')}).`,
    'Everything fitted (fusion, confidence, floor, margin, layout statistics) was fitted on four fifths of the documents and',
    'measured on the fifth; no source repository is in two folds. Brackets: counts and 95 % intervals (Wilson).',
    '',
    '*accuracy*: first of the ranking, whatever the floor, documents of the 27 types. *as answered*: all documents, a wrong',
    'null counts as an error. *null recall*: `other` answered null. *false nulls*: documents of the types answered null.',
    '',
    '| engine | knowledge | accuracy | macro | as answered | null recall | false nulls | calibration error |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...measured.map(row),
    '',
    `With the rules ${few.join(', ')} alone (all other documents should be null):`,
    '',
    '| engine | knowledge | others null | of the three found |',
    '| --- | --- | --- | --- |',
    ...measured.map(fewRow),
    '',
    ...(main ? confusionSection(main) : []),
  ].join('\n');
}

function row({ scorer, knowledge, all }: Measured): string {
  const typed = all.filter(({ expected }) => expected !== null);
  const other = all.filter(({ expected }) => expected === null);
  const cells = [
    scorer,
    knowledge ? 'on' : 'off',
    show(count(typed, isFirstRight)),
    macroAccuracy(typed).toFixed(3),
    show(count(typed, isAnsweredRight)),
    show(count(other, isAnsweredRight)),
    show(count(typed, ({ answered }) => answered === null)),
    calibrationError(all).toFixed(3),
  ];
  return `| ${cells.join(' | ')} |`;
}

function fewRow({ scorer, knowledge, few }: Measured): string {
  const known = few.filter(({ expected }) => expected !== null);
  const others = few.filter(({ expected }) => expected === null);
  return `| ${scorer} | ${knowledge ? 'on' : 'off'} | ${show(count(others, isAnsweredRight))} | ${show(count(known, isAnsweredRight))} |`;
}

function confusionSection({ all }: Measured): string[] {
  const typed = all.filter(({ expected }) => expected !== null);
  const pairs = confusions(typed, ({ first }) => first);
  const nulls = confusions(all, ({ answered }) => answered);
  const baseRate = count(all, isFirstRight).share;
  const curve = [0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) => {
    const sure = all.filter(({ confidence }) => confidence >= threshold);
    return `| ${threshold} | ${sure.length} of ${all.length} | ${show(count(sure, isFirstRight))} |`;
  });
  return [
    '## Confusions of `auto`, first of the ranking',
    '',
    ...pairs.map(([pair, times]) => `- ${pair}: ${times}`),
    '',
    '## Wrong answers of `auto`, null included',
    '',
    ...nulls.map(([pair, times]) => `- ${pair}: ${times}`),
    '',
    '## What a confidence is worth (`auto`)',
    '',
    '| confidence at least | documents | right |',
    '| --- | --- | --- |',
    ...curve,
    '',
    `Held-out log loss of the confidence: ${logLoss(all, ({ confidence }) => confidence).toFixed(3)}; of always promising the`,
    `share that is right (${baseRate.toFixed(3)}): ${logLoss(all, () => baseRate).toFixed(3)}. The calibration is worth keeping while it is lower.`,
    '',
  ];
}

function show({ right, total, share, low, high }: Share): string {
  return `${share.toFixed(3)} (${right}/${total}, ${low.toFixed(2)}-${high.toFixed(2)})`;
}
