import { join } from 'node:path';
import { readRuleFile, replaceFile } from '@docket/core';
import type { RunSummary } from '@docket/evals';
import { print, type Shell } from '../shell.js';
import { printable, printableLines } from '../terminal/text.js';
import { type BenchFlags, planBench, printProblems, withPool } from './plan-bench.js';

/** Flags of `docket bench run`. */
export interface BenchRunFlags extends BenchFlags {
  readonly out?: string;
}

/**
 * Runs a data set under one or several scorers, writes the reports, and prints the Markdown one.
 * @returns The exit status: 0, or 1 when documents failed or the data set has mistakes
 * @throws DocketError what makes the whole run senseless
 */
export async function runBench(path: string, flags: BenchRunFlags, shell: Shell): Promise<number> {
  const { loadDataset, readDataset, runBenchmark, writeRun } = await import('@docket/evals');
  const { options, scorers, valuesOf } = await planBench(flags, await readRuleFile(flags.rules), shell);
  const dataset = await loadDataset(path);
  await printProblems(dataset, shell);
  const out = flags.out ?? join('docket-bench', timeName(new Date()));
  const isComparison = scorers.length > 1;
  const summaries: RunSummary[] = [];
  for (const scorer of scorers) {
    const common = { ...options, dataset, scorer };
    const pooling = { values: valuesOf(scorer), shell, documents: dataset.items.length };
    // Several engines are only beside each other when none of them pays for the reading.
    const readsFirst = isComparison && summaries.length === 0 && options.cache !== undefined;
    if (readsFirst) await withPool(pooling, (parts) => readDataset({ ...common, ...parts }));
    const run = await withPool(pooling, (parts) => runBenchmark({ ...common, ...parts }));
    await writeRun(run, isComparison ? join(out, scorer) : out);
    summaries.push(run.summary);
  }
  await report(summaries, out, shell);
  const hasFailures = summaries.some(({ metrics }) => metrics.classified < metrics.total);
  const hasMistakes = dataset.problems.some(({ kind }) => kind !== 'unused_keys');
  return hasFailures || hasMistakes ? 1 : 0;
}

async function report(summaries: readonly RunSummary[], out: string, shell: Shell): Promise<void> {
  const { RUN_FILES, writeScorerPage, writeScorerTable } = await import('@docket/evals');
  if (summaries.length > 1) {
    const table = writeScorerTable(summaries);
    await replaceFile(join(out, 'comparison.md'), table);
    await replaceFile(join(out, 'comparison.html'), writeScorerPage(summaries));
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
