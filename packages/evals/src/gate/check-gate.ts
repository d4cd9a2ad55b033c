import { DocketError } from '@docket/core';
import type { RunSummary } from '../results/run-summary.js';

/** What is wanted of a run; shares are 0 to 1. */
export interface GateOptions {
  readonly minAccuracy?: number;
  readonly minMacroF1?: number;
  readonly minNullRecall?: number;
  readonly maxEce?: number;
  /** Documents that could not be classified. */
  readonly maxFailed?: number;
  /** Loss of accuracy against `baseline`. */
  readonly maxDrop?: number;
  readonly baseline?: RunSummary;
}

/** One thing that was wanted, and whether it holds. */
export interface GateCheck {
  readonly name: Exclude<keyof GateOptions, 'baseline'>;
  /** Null when there was nothing to measure it on. */
  readonly value: number | null;
  readonly wanted: number;
  readonly passed: boolean;
  readonly message: string;
}

/** Whether a run is good enough. */
export interface GateVerdict {
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
}

/** Differences of sums of fractions are not exact: what is this near counts as equal. */
const TOLERANCE = 1e-9;

/**
 * Checks a run against what is wanted. A metric that there was nothing to measure on fails its check.
 * @throws DocketError `request.invalid_usage` when nothing is asked, or a drop without a baseline
 */
export function checkGate(run: RunSummary, options: GateOptions): GateVerdict {
  const { metrics } = run;
  const { baseline, maxDrop } = options;
  if (maxDrop !== undefined && baseline === undefined) {
    throw new DocketError('request.invalid_usage', '--max-drop needs a run to compare with; add --baseline');
  }
  const drop = baseline && difference(baseline.metrics.accuracy.value, metrics.accuracy.value);
  const checks = [
    atLeast('minAccuracy', 'accuracy', metrics.accuracy.value, options.minAccuracy),
    atLeast('minMacroF1', 'macro F1', metrics.macroF1, options.minMacroF1),
    atLeast('minNullRecall', 'null recall', metrics.nulls.recall.value, options.minNullRecall),
    atMost('maxEce', 'calibration error', metrics.calibration.ece, options.maxEce),
    atMost('maxFailed', 'failed documents', metrics.total - metrics.classified, options.maxFailed),
    baseline && atMost('maxDrop', `accuracy fell ${against(baseline, run)} by`, drop ?? null, maxDrop),
  ].filter((check) => check !== undefined);
  if (checks.length === 0) {
    const message = 'nothing was asked of the run; add --min-accuracy or another check: docket bench gate --help';
    throw new DocketError('request.invalid_usage', message);
  }
  return { passed: checks.every(({ passed }) => passed), checks };
}

function atLeast(name: GateCheck['name'], what: string, value: number | null, wanted: number | undefined) {
  if (wanted === undefined) return undefined;
  const passed = value !== null && value >= wanted - TOLERANCE;
  return toCheck({ name, value, wanted, passed, message: `${what} ${show(value)}, at least ${show(wanted)} wanted` });
}

function atMost(name: GateCheck['name'], what: string, value: number | null, wanted: number | undefined) {
  if (wanted === undefined) return undefined;
  const passed = value !== null && value <= wanted + TOLERANCE;
  return toCheck({ name, value, wanted, passed, message: `${what} ${show(value)}, at most ${show(wanted)} wanted` });
}

function toCheck(check: GateCheck): GateCheck {
  return check;
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : before - after;
}

function against(baseline: RunSummary, run: RunSummary): string {
  const from = `from ${show(baseline.metrics.accuracy.value)}`;
  const { name, items } = baseline.dataset;
  if (name === run.dataset.name && items === run.dataset.items) return from;
  return `${from} (on another data set: ${name}, ${items} documents)`;
}

function show(value: number | null): string {
  if (value === null) return '- (nothing to measure it on)';
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
