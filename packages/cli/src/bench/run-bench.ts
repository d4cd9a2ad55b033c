import { join } from 'node:path';
import {
  DocketError,
  FolderPageCache,
  loadConfiguration,
  parseRuleSet,
  poolOptionsOf,
  readRuleFile,
  SCORER_NAMES,
  type SettingValues,
} from '@docket/core';
import type { BenchmarkOptions, RunSummary } from '@docket/evals';
import { mergeParsing } from '../classification/merge-options.js';
import { print, type Shell } from '../shell.js';
import { startProgress } from '../terminal/progress-bar.js';
import { printable, printableLines } from '../terminal/text.js';
import { docketVersion } from '../version.js';

/** Flags of `docket bench run`. */
export interface BenchRunFlags {
  readonly rules: string;
  readonly scorer?: string;
  readonly model?: string;
  readonly knowledge?: string;
  readonly concurrency?: string;
  readonly out?: string;
  /** False with `--no-cache`. */
  readonly cache: boolean;
}

/** Mistakes of a data set that are printed; all of them stand in the summary. */
const MOST_PROBLEMS = 10;

/**
 * Runs a data set under one or several scorers, writes the reports, and prints the Markdown one.
 * @returns The exit status: 0, or 1 when documents failed or the data set has mistakes
 * @throws DocketError what makes the whole run senseless
 */
export async function runBench(path: string, flags: BenchRunFlags, shell: Shell): Promise<number> {
  const { loadDataset, readDataset, writeRun } = await import('@docket/evals');
  const plan = await planRuns(flags, shell);
  const dataset = await loadDataset(path);
  for (const { place, message } of dataset.problems.slice(0, MOST_PROBLEMS)) {
    await print(shell.stderr, `docket: ${printable(`${place}: ${message}`)}\n`);
  }
  const unshown = dataset.problems.length - MOST_PROBLEMS;
  if (unshown > 0)
    await print(shell.stderr, `docket: and ${unshown} more mistakes of the data set: see summary.json\n`);
  const out = flags.out ?? join('docket-bench', timeName(new Date()));
  const isComparison = plan.scorers.length > 1;
  const summaries: RunSummary[] = [];
  for (const scorer of plan.scorers) {
    const options = { ...plan.options, dataset, scorer };
    // Several engines are only beside each other when none of them pays for the reading.
    const first = isComparison && summaries.length === 0 && plan.options.cache !== undefined;
    const run = await withPool(plan.valuesOf(scorer), shell, dataset.items.length, async (pool) => {
      if (first) await readDataset({ ...options, ...pool });
      return await runOne({ ...options, ...pool });
    });
    await writeRun(run, isComparison ? join(out, scorer) : out);
    summaries.push(run.summary);
  }
  await report(summaries, out, shell);
  const hasFailures = summaries.some(({ metrics }) => metrics.classified < metrics.total);
  const hasMistakes = dataset.problems.some(({ kind }) => kind !== 'unused_keys');
  return hasFailures || hasMistakes ? 1 : 0;
}

async function runOne(options: BenchmarkOptions) {
  const { runBenchmark } = await import('@docket/evals');
  return await runBenchmark(options);
}

type PoolParts = Pick<BenchmarkOptions, 'pool' | 'concurrency' | 'onDone'>;

async function withPool<Result>(
  values: SettingValues,
  shell: Shell,
  total: number,
  work: (parts: PoolParts) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress(shell.stderr, total);
  const pool = shell.createPool(poolOptionsOf(values));
  try {
    return await work({ pool, concurrency: pool.concurrency, onDone: progress.advance });
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** Checks rules and settings before a document is looked at. */
async function planRuns(flags: BenchRunFlags, shell: Shell) {
  const scorers = (flags.scorer ?? '').split(',').filter(Boolean);
  const unknown = scorers.find((name) => !SCORER_NAMES.includes(name as never));
  if (unknown !== undefined) {
    const message = `there is no scorer "${unknown}"; there are ${SCORER_NAMES.join(', ')}`;
    throw new DocketError('request.invalid_usage', message);
  }
  const { model, knowledge, concurrency } = flags;
  const load = async (scorer: string | undefined) => {
    const sources = { flags: { scorer, model, knowledge, concurrency }, environment: shell.env, folder: shell.folder };
    return (await loadConfiguration(sources)).values;
  };
  const common = await load(undefined);
  const { rules, decision, parsing } = await readRuleFile(flags.rules);
  const byScorer = new Map<string, SettingValues>();
  for (const scorer of scorers.length > 0 ? scorers : [common.scorer]) byScorer.set(scorer, await load(scorer));
  return {
    scorers: [...byScorer.keys()],
    valuesOf: (scorer: string) => byScorer.get(scorer) ?? common,
    options: {
      cache: flags.cache ? new FolderPageCache(join(common.home, 'page-cache')) : undefined,
      rules,
      decision,
      parsing: mergeParsing({}, parsing),
      defaultMaxPages: common['pages.defaultMax'],
      signal: shell.signal,
      rulesFile: flags.rules,
      rulesIdentity: parseRuleSet(rules).identity,
      isTuned: false,
      docket: docketVersion(),
    },
  };
}

async function report(summaries: readonly RunSummary[], out: string, shell: Shell): Promise<void> {
  const { RUN_FILES, writeScorerPage, writeScorerTable, writeWhole } = await import('@docket/evals');
  if (summaries.length > 1) {
    const table = writeScorerTable(summaries);
    await writeWhole(join(out, 'comparison.md'), table);
    await writeWhole(join(out, 'comparison.html'), writeScorerPage(summaries));
    return await print(shell.stdout, `${table}\nwritten to ${printable(join(out, 'comparison.html'))}\n`);
  }
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(join(out, RUN_FILES.markdown), 'utf8');
  await print(shell.stdout, `${printableLines(text)}\nwritten to ${printable(join(out, RUN_FILES.html))}\n`);
}

/** `2026-11-24T09-30-05Z`: sorts by time, and is a name on every file system. */
function timeName(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}
