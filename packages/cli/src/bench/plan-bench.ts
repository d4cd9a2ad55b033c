import { join } from 'node:path';
import {
  DocketError,
  loadConfiguration,
  parseRuleSet,
  poolOptionsOf,
  type RuleFile,
  readerChoiceFor,
  SCORER_NAMES,
  type SettingValues,
} from '@docket/core';
import type { BenchmarkOptions, Dataset } from '@docket/evals';
import { mergeParsing } from '../classification/merge-options.js';
import { type OcrFlags, ocrSettingsOf } from '../documents/reading-flags.js';
import { print, type Shell } from '../shell.js';
import { startProgress } from '../terminal/progress-bar.js';
import { printable } from '../terminal/text.js';
import { docketVersion } from '../version.js';

/** Flags of the commands that classify a data set. */
export interface BenchFlags extends OcrFlags {
  readonly rules: string;
  /** One or several, separated by commas. */
  readonly scorer?: string;
  readonly model?: string;
  readonly knowledge?: string;
  readonly concurrency?: string;
  readonly pdfReader?: string;
  /** ISO 639-1, several with commas between them; wins over the rule file's. */
  readonly lang?: string;
  /** False with `--no-cache`. */
  readonly cache: boolean;
}

/** What a data set is classified with. */
export interface BenchPlan {
  /** At least one. */
  readonly scorers: readonly string[];
  readonly valuesOf: (scorer: string) => SettingValues;
  readonly options: Omit<BenchmarkOptions, 'dataset' | 'scorer' | keyof PoolParts>;
}

type PoolParts = Pick<BenchmarkOptions, 'pool' | 'concurrency' | 'onDone'>;

/** Mistakes of a data set that are printed; all of them stand in the summary. */
const MOST_PROBLEMS = 10;

/**
 * Checks settings before a document is looked at.
 * @throws DocketError `request.invalid_usage`, `request.invalid_configuration`
 */
export async function planBench(flags: BenchFlags, ruleFile: RuleFile, shell: Shell): Promise<BenchPlan> {
  const scorers = (flags.scorer ?? '').split(',').filter(Boolean);
  const unknown = scorers.find((name) => !SCORER_NAMES.includes(name as never));
  if (unknown !== undefined) {
    const message = `there is no scorer "${unknown}"; there are ${SCORER_NAMES.join(', ')}`;
    throw new DocketError('request.invalid_usage', message);
  }
  const { BenchCache } = await import('@docket/evals');
  const { model, knowledge, concurrency, pdfReader, lang } = flags;
  const load = async (scorer: string | undefined) => {
    const settings = { scorer, model, knowledge, concurrency, 'pdf.reader': pdfReader, ...ocrSettingsOf(flags) };
    const sources = { flags: settings, environment: shell.env, folder: shell.folder };
    return (await loadConfiguration(sources)).values;
  };
  const common = await load(undefined);
  const byScorer = new Map<string, SettingValues>();
  for (const scorer of scorers.length > 0 ? scorers : [common.scorer]) byScorer.set(scorer, await load(scorer));
  const { rules, decision, parsing } = ruleFile;
  return {
    scorers: [...byScorer.keys()],
    valuesOf: (scorer) => byScorer.get(scorer) ?? common,
    options: {
      cache: flags.cache ? new BenchCache(join(common.home, 'page-cache')) : undefined,
      rules,
      decision,
      parsing: mergeParsing({ lang }, parsing),
      defaultMaxPages: common['pages.defaultMax'],
      ...readerChoiceFor(common),
      signal: shell.signal,
      rulesFile: flags.rules,
      rulesIdentity: parseRuleSet(rules).identity,
      isTuned: decision.tunedFor !== undefined,
      docket: docketVersion(),
    },
  };
}

/** Lends a pool to some work on so many documents, with a bar that counts them. */
export async function withPool<Result>(
  { values, shell, documents }: { readonly values: SettingValues; readonly shell: Shell; readonly documents: number },
  work: (parts: PoolParts) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress(shell.stderr, documents);
  const pool = shell.createPool(poolOptionsOf(values));
  try {
    return await work({ pool, concurrency: pool.concurrency, onDone: progress.advance });
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** Prints what is wrong with a data set. */
export async function printProblems({ problems }: Dataset, shell: Shell): Promise<void> {
  for (const { place, message } of problems.slice(0, MOST_PROBLEMS)) {
    await print(shell.stderr, `docket: ${printable(`${place}: ${message}`)}\n`);
  }
  const unshown = problems.length - MOST_PROBLEMS;
  if (unshown > 0) await print(shell.stderr, `docket: and ${unshown} more mistakes of the data set\n`);
}
