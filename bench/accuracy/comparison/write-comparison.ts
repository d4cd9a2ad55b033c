import { table } from '../../speed/report.js';
import type { Share } from '../metrics.js';
import { PUBLISHED_SETS, type PublishedFigure } from '../texts/published.js';
import { DOCUMENTS, type LeftOut, type Measurement } from './measurement.js';
import type { Summary } from './outcome.js';
import { compareWithTargets, differencesOf } from './targets.js';

/** What {@link writeComparison} is given. */
export interface ComparisonInput {
  readonly measured: readonly Measurement[];
  readonly leftOut: readonly LeftOut[];
  readonly published: readonly PublishedFigure[];
  /** By the name of a text set. */
  readonly sampleSizes: ReadonlyMap<string, { readonly sampled: number; readonly total: number }>;
}

/** Writes the comparison of scorers, Markdown. */
export function writeComparison(input: ComparisonInput): string {
  const { measured, leftOut } = input;
  const targets = compareWithTargets(measured);
  return [
    '# Scorers',
    '',
    'Written by `pnpm --filter @docket/bench scorers`. *Knowledge off*: `--knowledge none`. *Accuracy*: the right label has',
    'the best score, whatever the floor, of what has a label; labels that share the best score count in equal parts, where',
    'the answer would go by the alphabet. *Macro*: the mean of that over labels. *As answered*: the floor applies, and a',
    'null is an error for whatever has a label. Brackets: counts and 95 % intervals (Wilson).',
    '',
    ...table(
      ['target', 'reached', 'wanted', ''],
      targets.map(({ name, reached, wanted, met }) => [name, reached, wanted, met ? 'pass' : '**fail**']),
    ),
    ...documentSection(measured),
    ...textSection(input),
    ...differenceSection(measured),
    ...publishedSection(input),
    ...(leftOut.length > 0
      ? ['', '## Left out', '', ...leftOut.map(({ name, reason }) => `- ${name}: ${reason}`)]
      : []),
    '',
  ].join('\n');
}

function documentSection(measured: readonly Measurement[]): string[] {
  const rows = measured.flatMap((one) => {
    const summary = one.sets.get(DOCUMENTS);
    if (!summary) return [];
    const { accuracy, macro, answered, nullRecall, falseNulls } = summary;
    return [[...nameOf(one), figure(accuracy), figure(macro), ...[answered, nullRecall, falseNulls].map(showShare)]];
  });
  if (rows.length === 0) return [];
  const { labelled = 0, nullRecall } = measured[0]?.sets.get(DOCUMENTS) ?? {};
  return [
    '',
    '## Documents',
    '',
    `${labelled} labelled documents and ${nullRecall?.total ?? 0} of no label against the rules of ../shared/eval. Fusion, confidence and floor were`,
    'fitted on four fifths of the documents and measured on the fifth, no source repository in two folds. Statistics of',
    'the layout, which know no labels, are those that Docket comes with. *Null recall*: of those of no label.',
    '',
    ...table(['scorer', 'knowledge', 'accuracy', 'macro', 'as answered', 'null recall', 'false nulls'], rows),
  ];
}

function textSection({ measured, sampleSizes }: ComparisonInput): string[] {
  const sets = setsOf(measured);
  const labelled = sets.filter((set) => (measured[0]?.sets.get(set)?.labelled ?? 0) > 0);
  if (sets.length === 0) return [];
  const sizes = [...sampleSizes].map(([set, { sampled, total }]) => `${set} ${sampled} of ${total}`);
  const matrix = (columns: readonly string[], pick: (summary: Summary) => number) => {
    const pickFrom = (summary: Summary | undefined) => (summary ? pick(summary) : undefined);
    return table(
      ['scorer', 'knowledge', ...columns],
      measured.map((one) => [...nameOf(one), ...columns.map((set) => figure(pickFrom(one.sets.get(set))))]),
    );
  };
  return [
    '',
    '## Texts',
    '',
    'Public sets of short texts against the rules of `bench/rules`: *names*, `Text about {label in words}.`; *plain*, one',
    `line per label. No text took part in any fit. Texts, spread evenly over each set: ${sizes.join(', ')}.`,
    '',
    'Accuracy:',
    '',
    ...matrix(labelled, ({ accuracy }) => accuracy),
    '',
    'Macro:',
    '',
    ...matrix(labelled, ({ macro }) => macro),
    '',
    'As answered; of `clinc150_oos`, whose texts belong to none of the rules, the share that was answered null. The floor',
    'was fitted on documents: of texts as short as these, few are sure enough.',
    '',
    ...matrix(sets, ({ labelled: count, answered, nullRecall }) => (count > 0 ? answered : nullRecall).share),
  ];
}

function differenceSection(measured: readonly Measurement[]): string[] {
  const [on, off] = [differencesOf(measured, true), differencesOf(measured, false)];
  const rows = on.map(({ set, fused, evidence }) => {
    const other = off.find((one) => one.set === set);
    return [set, signed(fused - evidence), other ? signed(other.fused - other.evidence) : ''];
  });
  if (rows.length === 0) return [];
  return [
    '',
    '## What fusion adds to `evidence`',
    '',
    ...table(['set', 'accuracy, knowledge on', 'accuracy, knowledge off'], rows),
  ];
}

function publishedSection({ measured, published }: ComparisonInput): string[] {
  if (published.length === 0) return [];
  const names = setsOf(measured).filter((name) => PUBLISHED_SETS.includes(textSetOf(name)));
  const styles = [...new Set(names.map((name) => name.split('.')[1] ?? ''))];
  const ours = measured
    .filter(({ knowledge }) => !knowledge)
    .flatMap(({ configuration, sets }) =>
      styles.map((style) => [
        `Docket: ${configuration.name}, ${style}`,
        ...PUBLISHED_SETS.map((set) => figure(sets.get(`${set}.${style}`)?.accuracy)),
      ]),
    );
  const theirs = published.map(({ model, accuracy }) => [model, ...PUBLISHED_SETS.map((set) => figure(accuracy[set]))]);
  return [
    '',
    '## Beside published figures',
    '',
    'Zero-shot accuracy that others published, with templates of their own and perhaps on other samples: they give an idea,',
    'not a ranking. The last of them was trained on other tasks of the same kind, and its banking77 has 72 labels.',
    'Ours: knowledge off.',
    '',
    ...table(['', ...PUBLISHED_SETS], [...ours, ...theirs]),
  ];
}

/** Names of the rule files that were measured. */
function setsOf(measured: readonly Measurement[]): string[] {
  return [...(measured[0]?.sets.keys() ?? [])].filter((name) => name !== DOCUMENTS);
}

function nameOf({ configuration, knowledge }: Measurement): [string, string] {
  return [configuration.name, knowledge ? 'on' : 'off'];
}

function showShare({ right, total, share, low, high }: Share): string {
  return `${share.toFixed(3)} (${right}/${total}, ${low.toFixed(2)}-${high.toFixed(2)})`;
}

/** `ag_news` of `ag_news.names`. */
function textSetOf(name: string): string {
  return name.split('.')[0] ?? '';
}

function figure(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(3);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}
