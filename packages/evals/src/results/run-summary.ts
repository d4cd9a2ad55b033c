import type { DatasetProblem } from '../dataset/dataset.js';
import type { Metrics } from '../metrics/metrics.js';

/** `summary.json` of a run. */
export interface RunSummary {
  readonly format: 'docket.bench/1';
  /** Version of Docket. */
  readonly docket: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly dataset: {
    readonly name: string;
    readonly path: string;
    readonly items: number;
    readonly problems: readonly DatasetProblem[];
    /** Labels of the data set that are no type of the rules, with how many documents have them. */
    readonly unknownLabels: readonly { readonly label: string; readonly count: number }[];
  };
  readonly rules: {
    readonly file: string;
    /** Hash of the rule set, as `RuleSet.identity`. */
    readonly identity: string;
    readonly rules: readonly { readonly type: string; readonly description: string }[];
    /** Whether the decision of the rule file was tuned for these very rules and this engine. */
    readonly tuned: boolean;
  };
  /** The scorer's name, as given on the command line. */
  readonly scorer: string;
  /** Which scorers and models took part, with their versions. */
  readonly engine: string;
  readonly metrics: Metrics;
}

/** A run as it lies in a folder: `summary.json`, `results.jsonl`, `report.md`, `junit.xml`, `report.html`. */
export interface BenchRun<Result> {
  readonly summary: RunSummary;
  readonly results: readonly Result[];
}
