import type { ClassifiedResult } from '../results/document-result.js';
import type { LabelMetrics } from './metrics.js';

/** The labels that metrics are given for: types by code point, then null. */
export function labelsOf(types: readonly string[]): readonly (string | null)[] {
  return [...[...new Set(types)].sort(compareCodePoints), null];
}

/** `counts[expected][answered]`, both in the order of the labels. */
export function confusionOf(results: readonly ClassifiedResult[], labels: readonly (string | null)[]): number[][] {
  const position = new Map(labels.map((label, index) => [label, index]));
  const counts = labels.map(() => labels.map(() => 0));
  for (const { expected, answered } of results) {
    const row = counts[position.get(expected) ?? -1];
    const column = position.get(answered) ?? -1;
    if (row?.[column] === undefined) throw new Error(`a result has a label that no rule has: ${expected}, ${answered}`);
    row[column]++;
  }
  return counts;
}

/** Precision, recall and F1 of each label (van Rijsbergen, 1979), from the confusion matrix. */
export function labelMetrics(
  confusion: readonly (readonly number[])[],
  labels: readonly (string | null)[],
): LabelMetrics[] {
  return labels.map((label, index) => {
    const support = sum(confusion[index] ?? []);
    const answered = sum(confusion.map((row) => row[index] ?? 0));
    const right = confusion[index]?.[index] ?? 0;
    return {
      label,
      support,
      answered,
      precision: answered > 0 ? right / answered : null,
      recall: support > 0 ? right / support : null,
      f1: support + answered > 0 ? (2 * right) / (support + answered) : null,
    };
  });
}

/** Mean F1 of the labels with support; null without any. */
export function macroF1(labels: readonly LabelMetrics[]): number | null {
  const scores = labels.flatMap(({ support, f1 }) => (support > 0 && f1 !== null ? f1 : []));
  return scores.length > 0 ? sum(scores) / scores.length : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function compareCodePoints(one: string, other: string): number {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  // The order of UTF-8 bytes is that of code points.
  return Buffer.compare(first, second);
}
