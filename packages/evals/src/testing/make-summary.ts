import { measure } from '../metrics/measure.js';
import type { DocumentResult } from '../results/document-result.js';
import type { BenchRun, RunSummary } from '../results/run-summary.js';

/** A run with these results, over the types `a` and `b` unless it says otherwise. */
export function makeRun(
  results: readonly DocumentResult[],
  changes: Partial<RunSummary> = {},
  types: readonly string[] = ['a', 'b'],
): BenchRun<DocumentResult> {
  const rules = types.map((type) => ({ type, description: `What ${type} is about` }));
  const summary: RunSummary = {
    format: 'docket.bench/1',
    docket: '0.1.0',
    startedAt: '2026-11-24T08:00:00.000Z',
    durationMs: 1000,
    dataset: { name: 'documents', path: '/documents', items: results.length, problems: [], unknownLabels: [] },
    rules: { file: 'rules.yaml', identity: 'abc123', rules, tuned: false },
    scorer: 'auto',
    engine: 'auto (evidence/1, static/2)',
    metrics: measure(results, { types, durationMs: 1000, samples: 200 }),
    ...changes,
  };
  return { summary, results };
}
