import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DocketError, readRuleFile, replaceFile } from '@docket/core';
import { print, type Shell } from '../shell.js';
import { printable, printableLines } from '../terminal/text.js';
import { type BenchFlags, planBench, printProblems, withPool } from './plan-bench.js';

/** Flags of `docket bench tune`. */
export interface BenchTuneFlags extends BenchFlags {
  readonly out?: string;
  readonly targetPrecision?: number;
}

/**
 * Tunes what decides over documents to a data set, writes the tuned rule file, and prints what it gains.
 * @returns Whether the precision that was asked for is reached
 * @throws DocketError what makes the whole run senseless; `request.invalid_input` for too few documents
 */
export async function tuneBench(path: string, flags: BenchTuneFlags, shell: Shell): Promise<boolean> {
  const { loadDataset, runBenchmark, tuneRules, writeTunedRules, writeTuningReport } = await import('@docket/evals');
  const { targetPrecision } = flags;
  // A decision that stands in the file is what is about to be replaced.
  const ruleFile = await readRuleFile(flags.rules, { withoutDecision: true });
  const { options, scorers, valuesOf } = await planBench(flags, ruleFile, shell);
  const [scorer, ...others] = scorers as [string, ...string[]];
  if (others.length > 0) throw new DocketError('request.invalid_usage', 'rules are tuned for one scorer; name one');
  const dataset = await loadDataset(path);
  await printProblems(dataset, shell);
  const pooling = { values: valuesOf(scorer), shell, documents: dataset.items.length };
  const { results, summary } = await withPool(pooling, (parts) =>
    runBenchmark({ ...options, ...parts, dataset, scorer }),
  );
  const outcome = tuneRules(results, { targetPrecision });
  const { tuning, reachesTarget } = outcome;
  const types = [...new Set(ruleFile.rules.map(({ type }) => type))];
  await print(shell.stdout, `${printableLines(writeTuningReport(outcome, { types, targetPrecision }))}\n`);
  if (!tuning && !reachesTarget) return false;
  const tunedFor = { rules: options.rulesIdentity, engine: summary.engine };
  const out = flags.out ?? tunedName(flags.rules);
  await replaceFile(out, writeTunedRules(await readFile(flags.rules, 'utf8'), tuning && { tuning, tunedFor }));
  const what = tuning ? '' : ', the rules as they were, without a decision';
  await print(shell.stdout, `written to ${printable(out)}${what}\n`);
  return reachesTarget;
}

/** `rules.yaml` becomes `rules.tuned.yaml`. */
function tunedName(path: string): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}.tuned${extension}`;
}
