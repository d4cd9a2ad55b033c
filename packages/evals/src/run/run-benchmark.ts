import type { Dataset, DatasetItem } from '../dataset/dataset.js';
import { measure } from '../metrics/measure.js';
import type { DocumentResult } from '../results/document-result.js';
import type { BenchRun, RunSummary } from '../results/run-summary.js';
import { classifyItem, type ItemTools, readItem } from './classify-item.js';
import { forEachItem } from './for-each-item.js';

/** What {@link runBenchmark} is given. */
export interface BenchmarkOptions extends ItemTools {
  readonly dataset: Dataset;
  readonly rulesFile: string;
  /** Hash of the rule set. */
  readonly rulesIdentity: string;
  /** Whether `decision` was tuned for these rules and this engine. */
  readonly isTuned: boolean;
  readonly scorer: string;
  /** Version of Docket. */
  readonly docket: string;
  /** Documents at once in the pool. */
  readonly concurrency: number;
  /** Called when a document is done, in any order. */
  readonly onDone: () => void;
}

/**
 * Classifies every document of a data set and measures the answers.
 * @returns Results in the order of the data set
 * @throws as {@link classifyItem}
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<BenchRun<DocumentResult>> {
  const { dataset, rules, docket, scorer } = options;
  const startedAt = new Date().toISOString();
  const started = performance.now();
  let engine = scorer;
  const pool: ItemTools['pool'] = {
    read: (request, pooled) => options.pool.read(request, pooled),
    classify: async (request, pooled) => {
      const answer = await options.pool.classify(request, pooled);
      engine = answer.result.scorer;
      return answer;
    },
  };
  const results = await forEachItem(dataset.items, options, async (item) => {
    const result = await classifyItem(item, { ...options, pool });
    options.onDone();
    return result;
  });
  const durationMs = performance.now() - started;
  await options.cache?.contents.save();
  const types = [...new Set(rules.map(({ type }) => type))];
  const summary: RunSummary = {
    format: 'docket.bench/1',
    docket,
    startedAt,
    durationMs,
    dataset: {
      name: dataset.name,
      path: dataset.path,
      items: dataset.items.length,
      problems: dataset.problems,
      unknownLabels: unknownLabels(dataset.items, types),
    },
    rules: { file: options.rulesFile, identity: options.rulesIdentity, rules, tuned: options.isTuned },
    scorer,
    engine,
    metrics: measure(results, { types, durationMs }),
  };
  return { summary, results };
}

/** Opens all documents whose pages are not known. @returns How many that were */
export async function readDataset(options: BenchmarkOptions): Promise<number> {
  const opened = await forEachItem(options.dataset.items, options, async (item) => {
    const wasOpened = await readItem(item, options);
    options.onDone();
    return wasOpened;
  });
  await options.cache?.contents.save();
  return opened.filter(Boolean).length;
}

/** Labels that are no type of the rules, most frequent first. */
function unknownLabels(items: readonly DatasetItem[], types: readonly string[]) {
  const counts = new Map<string, number>();
  for (const { expected } of items) {
    if (expected !== null && !types.includes(expected)) counts.set(expected, (counts.get(expected) ?? 0) + 1);
  }
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1));
}
