import { bootstrapRatio, clustersOf } from '../metrics/bootstrap.js';
import type { LabelMetrics } from '../metrics/metrics.js';
import type { ClassifiedResult, DocumentResult } from '../results/document-result.js';
import type { BenchRun, RunSummary } from '../results/run-summary.js';
import { explainFlip } from './explain-flip.js';
import { type McNemar, mcNemar } from './mcnemar.js';

/** A document whose answer changed. */
export interface Flip {
  readonly id: string;
  readonly expected: string | null;
  readonly kind: 'fixed' | 'broken' | 'other_wrong' | 'now_failed' | 'now_classified';
  readonly before: DocumentResult;
  readonly after: DocumentResult;
  /** In one line. */
  readonly why: string;
}

/** How a label fared before and after. */
export interface LabelChange {
  readonly label: string | null;
  readonly before: LabelMetrics | null;
  readonly after: LabelMetrics | null;
}

/** What changed between two runs. */
export interface Comparison {
  readonly before: RunSummary;
  readonly after: RunSummary;
  /** What makes the runs hard to compare. */
  readonly warnings: readonly string[];
  /** Documents that were classified in both runs. */
  readonly paired: number;
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** In the order of the second run. */
  readonly flips: readonly Flip[];
  /** Accuracy after minus before on the paired documents, with a 95 % interval: paired bootstrap, by group where there are any. */
  readonly difference: { readonly value: number | null; readonly low: number | null; readonly high: number | null };
  readonly mcNemar: McNemar;
  readonly labels: readonly LabelChange[];
}

interface Pair {
  readonly before: ClassifiedResult;
  readonly after: ClassifiedResult;
  readonly group?: string;
}

/** Compares two runs, document by document. */
export function compareRuns(before: BenchRun<DocumentResult>, after: BenchRun<DocumentResult>): Comparison {
  const known = new Map(before.results.map((result) => [result.id, result]));
  const kept = new Set(after.results.map(({ id }) => id));
  const both = after.results.flatMap((result) => {
    const earlier = known.get(result.id);
    return earlier ? { before: earlier, after: result } : [];
  });
  const pairs = both.flatMap(({ before, after }): Pair[] => {
    if (before.status !== 'classified' || after.status !== 'classified') return [];
    return [{ before, after, ...(after.group === undefined ? {} : { group: after.group }) }];
  });
  const parts = clustersOf(pairs).map((cluster) => {
    return cluster.map((pair) => ({ numerator: gainOf(pair), denominator: 1 }));
  });
  const gain = pairs.reduce((sum, pair) => sum + gainOf(pair), 0);
  return {
    before: before.summary,
    after: after.summary,
    warnings: warningsOf(before.summary, after.summary),
    paired: pairs.length,
    onlyBefore: before.results.flatMap(({ id }) => (kept.has(id) ? [] : id)),
    onlyAfter: after.results.flatMap(({ id }) => (known.has(id) ? [] : id)),
    flips: both.flatMap((pair) => flipOf(pair) ?? []),
    difference: {
      value: pairs.length > 0 ? gain / pairs.length : null,
      ...bootstrapRatio(parts, { samples: 2000, seed: 1 }),
    },
    mcNemar: mcNemar(pairs.filter((pair) => gainOf(pair) < 0).length, pairs.filter((pair) => gainOf(pair) > 0).length),
    labels: labelChanges(before.summary, after.summary),
  };
}

function isRight({ answered, expected }: ClassifiedResult): boolean {
  return answered === expected;
}

/** 1 when it became right, -1 when it became wrong. */
function gainOf({ before, after }: Pair): number {
  return Number(isRight(after)) - Number(isRight(before));
}

function flipOf({ before, after }: { before: DocumentResult; after: DocumentResult }): Flip | undefined {
  const kind = kindOf(before, after);
  if (kind === undefined) return undefined;
  return { id: after.id, expected: after.expected, kind, before, after, why: explainFlip(before, after) };
}

function kindOf(before: DocumentResult, after: DocumentResult): Flip['kind'] | undefined {
  if (before.status === 'failed') return after.status === 'failed' ? undefined : 'now_classified';
  if (after.status === 'failed') return 'now_failed';
  const [was, is] = [isRight(before), isRight(after)];
  if (was !== is) return is ? 'fixed' : 'broken';
  return before.answered === after.answered || is ? undefined : 'other_wrong';
}

function warningsOf(before: RunSummary, after: RunSummary): string[] {
  const differing: string[] = [];
  if (before.dataset.name !== after.dataset.name || before.dataset.items !== after.dataset.items) {
    const [one, other] = [before, after].map(({ dataset }) => `${dataset.name} with ${dataset.items} documents`);
    differing.push(`the data sets differ (${one}; ${other}): only documents of both are compared`);
  }
  if (before.rules.identity !== after.rules.identity) differing.push('the rules differ');
  if (before.engine !== after.engine) differing.push(`the engines differ (${before.engine}; ${after.engine})`);
  return differing;
}

function labelChanges(before: RunSummary, after: RunSummary): LabelChange[] {
  const find = ({ metrics }: RunSummary, label: string | null) => {
    return metrics.labels.find((metric) => metric.label === label) ?? null;
  };
  const labels = [before, after].flatMap(({ metrics }) => metrics.labels.map(({ label }) => label));
  const ordered = [...new Set(labels)].sort((one, other) => {
    return Number(one === null) - Number(other === null) || ((one ?? '') < (other ?? '') ? -1 : 1);
  });
  return ordered.map((label) => ({ label, before: find(before, label), after: find(after, label) }));
}
