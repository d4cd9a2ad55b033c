import { toDocketError } from '@docket/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Finish } from '../program.js';
import { print, type Shell } from '../shell.js';
import { printable } from '../terminal/text.js';

/** Exit status that tells "the rules are not good enough" from "something went wrong". */
export const FELL_SHORT = 100;

interface GateFlags {
  readonly minAccuracy?: number;
  readonly minMacroF1?: number;
  readonly minNullRecall?: number;
  readonly maxEce?: number;
  readonly maxFailed?: number;
  readonly maxDrop?: number;
  readonly baseline?: string;
}

const NOTES = `
Exit status: 0 every check passed, 100 quality falls short, 1 anything else went wrong, 2 a flag is wrong.

Example:
  $ docket bench gate run --min-accuracy .9 --max-drop .01 --baseline baseline/summary.json`;

/** `docket bench gate` */
export function benchGateCommand(shell: Shell, finish: Finish): Command {
  const share = (flag: string, text: string) => new Option(`${flag} <share>`, text).argParser(parseShare);
  return new Command('gate')
    .summary('fail when the quality of a run falls short')
    .description('Checks a run against what is wanted, for continuous integration.')
    .helpOption('-h, --help', 'print help')
    .argument('<run>', 'folder of a run, or its summary.json')
    .addOption(share('--min-accuracy', 'least accuracy, 0 to 1'))
    .addOption(share('--min-macro-f1', 'least mean F1 of the labels'))
    .addOption(share('--min-null-recall', 'least share of null answers where no rule should match'))
    .addOption(share('--max-ece', 'largest calibration error'))
    .addOption(new Option('--max-failed <count>', 'most documents that could not be classified').argParser(parseCount))
    .addOption(share('--max-drop', 'largest loss of accuracy against the baseline'))
    .option('--baseline <run>', 'folder or summary.json of the run to compare with')
    .addHelpText('after', NOTES)
    .action(async (path: string, flags: GateFlags) => finish(await gate(path, flags, shell)));
}

/** A run that cannot be read must not look like one that is not good enough, nor like a mistyped flag. */
async function gate(path: string, flags: GateFlags, shell: Shell): Promise<number> {
  try {
    return (await passes(path, flags, shell)) ? 0 : FELL_SHORT;
  } catch (error) {
    shell.signal.throwIfAborted();
    await print(shell.stderr, `docket: ${printable(toDocketError(error).message)}\n`);
    return 1;
  }
}

async function passes(path: string, { baseline, ...wanted }: GateFlags, shell: Shell): Promise<boolean> {
  const { checkGate, readSummary } = await import('@docket/evals');
  const summary = await readSummary(path);
  const before = baseline === undefined ? {} : { baseline: await readSummary(baseline) };
  const { passed, checks } = checkGate(summary, { ...wanted, ...before });
  const lines = checks.map((check) => `${check.passed ? 'pass' : 'FAIL'}  ${printable(check.message)}\n`);
  await print(shell.stdout, lines.join(''));
  return passed;
}

/** A share on the command line. */
export function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

function parseCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
