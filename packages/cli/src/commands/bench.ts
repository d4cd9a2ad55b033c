import { Command } from 'commander';
import type { Finish } from '../program.js';
import type { Shell } from '../shell.js';
import { benchCompareCommand } from './bench-compare.js';
import { benchGateCommand } from './bench-gate.js';
import { benchInitCommand } from './bench-init.js';
import { benchRunCommand } from './bench-run.js';
import { benchTuneCommand } from './bench-tune.js';

const NOTES = `
Exit status: 0 done, 1 something failed, 2 wrong usage, 100 quality falls short (gate, tune), 130 interrupted.

Examples:
  $ docket bench init example
  $ docket bench run example/documents --rules example/rules.yaml --out run
  $ docket bench tune example/documents --rules example/rules.yaml
  $ docket bench gate run --min-accuracy .9

Documentation: docs/benchmarking.md.`;

/** `docket bench` */
export function benchCommand(shell: Shell, finish: Finish): Command {
  return new Command('bench')
    .summary('measure, compare and tune rules on labelled documents')
    .description('Measures, compares and tunes rules on labelled documents.')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', NOTES)
    .addCommand(benchInitCommand(shell))
    .addCommand(benchRunCommand(shell, finish))
    .addCommand(benchTuneCommand(shell, finish))
    .addCommand(benchCompareCommand(shell))
    .addCommand(benchGateCommand(shell, finish));
}
