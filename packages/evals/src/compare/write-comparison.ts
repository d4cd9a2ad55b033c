import type { LabelMetrics } from '../metrics/metrics.js';
import { cell, markdownTable, percent, shareText } from '../report/markdown.js';
import type { DocumentResult } from '../results/document-result.js';
import type { Comparison, Flip } from './compare-runs.js';

const KINDS: Readonly<Record<Flip['kind'], string>> = {
  broken: 'Right before, wrong now',
  fixed: 'Wrong before, right now',
  other_wrong: 'Wrong in another way',
  now_failed: 'Classified before, failed now',
  now_classified: 'Failed before, classified now',
};

/** A p-value under this is commonly called more than chance. */
const SIGNIFICANT = 0.05;

/** A comparison as Markdown. */
export function writeComparison(comparison: Comparison): string {
  const { before, after, warnings, paired, difference, mcNemar, onlyBefore, onlyAfter } = comparison;
  const accuracies = [before, after].map(({ metrics }) => shareText(metrics.accuracy));
  const verdict = mcNemar.pValue < SIGNIFICANT ? 'more than chance' : 'it may be chance';
  const lines = [
    '# What changed',
    '',
    `Accuracy ${accuracies[0]} before, ${accuracies[1]} after.`,
    `On the ${paired} documents of both: ${signed(difference.value)} (95 % interval ${signed(difference.low)} to ${signed(difference.high)}).`,
    `${mcNemar.onlyAfter} became right, ${mcNemar.onlyBefore} became wrong: McNemar's test (${mcNemar.method}) p = ${mcNemar.pValue.toFixed(3)}, ${verdict}.`,
    ...warnings.map((warning) => `Note: ${warning}.`),
    ...onlyIn('before', onlyBefore),
    ...onlyIn('after', onlyAfter),
  ];
  for (const [kind, title] of Object.entries(KINDS)) {
    const flips = comparison.flips.filter((flip) => flip.kind === kind);
    if (flips.length > 0) lines.push('', `## ${title}: ${flips.length}`, '', ...flipTable(flips));
  }
  return [...lines, '', '## By type', '', ...labelTable(comparison), ''].join('\n');
}

function onlyIn(which: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const shown = ids.slice(0, 10).join(', ');
  return [`Only ${which}: ${ids.length} documents (${shown}${ids.length > 10 ? ', ...' : ''}).`];
}

function flipTable(flips: readonly Flip[]): string[] {
  const rows = flips.map(({ id, expected, before, after, why }) => {
    return [id, expected ?? 'null', answerOf(before), answerOf(after), why].map(cell);
  });
  return markdownTable(['document', 'right', 'before', 'after', 'why'], rows);
}

function answerOf(result: DocumentResult): string {
  return result.status === 'failed' ? result.code : `${result.answered ?? 'null'} ${result.confidence.toFixed(2)}`;
}

function labelTable({ labels }: Comparison): string[] {
  const change = (before: LabelMetrics | null, after: LabelMetrics | null, key: 'precision' | 'recall' | 'f1') => {
    const [one, other] = [before?.[key] ?? null, after?.[key] ?? null];
    const gap = one !== null && other !== null && one !== other ? ` (${signed(other - one)})` : '';
    return `${percent(other)}${gap}`;
  };
  const rows = labels.map(({ label, before, after }) => [
    cell(label ?? 'null'),
    String((after ?? before)?.support ?? 0),
    change(before, after, 'precision'),
    change(before, after, 'recall'),
    change(before, after, 'f1'),
  ]);
  return markdownTable(['type', 'documents', 'precision', 'recall', 'F1'], rows);
}

function signed(value: number | null): string {
  if (value === null) return '-';
  const text = (100 * value).toFixed(1);
  return `${value > 0 ? '+' : ''}${text} points`;
}
