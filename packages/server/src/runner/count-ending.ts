import type { Metrics } from '../operations/metrics.js';
import type { CompletionRate } from './completion-rate.js';
import type { Ending } from './execute-work.js';
import type { WorkKind } from './work-kind.js';

/** What counts. */
export interface Counters {
  readonly metrics: Metrics;
  readonly rate: CompletionRate;
}

/** Counts how work ended; what was dropped or given back ends elsewhere. */
export function countEnding({ name }: WorkKind, { status, timings }: Ending, { metrics, rate }: Counters): void {
  if (timings && name === 'parse job') metrics.observeReading(timings);
  if (name !== 'job') return;
  if (timings) metrics.observeClassification(timings);
  if (status === 'dropped' || status === 'released') return;
  rate.add();
  metrics.countEnded(status);
}
