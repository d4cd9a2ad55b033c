import { Command, Option } from 'commander';
import { print, type Shell } from '../shell.js';
import { printableLines } from '../terminal/text.js';

/** `docket bench compare` */
export function benchCompareCommand(shell: Shell): Command {
  return new Command('compare')
    .summary('say what changed between two runs')
    .description('Says which documents flipped between two runs and why, and whether the difference may be chance.')
    .helpOption('-h, --help', 'print help')
    .argument('<before>', 'folder of a run')
    .argument('<after>', 'folder of another run on the same data set')
    .addOption(
      new Option('-f, --format <format>', 'format of the output').choices(['markdown', 'json']).default('markdown'),
    )
    .action(async (before: string, after: string, { format }: { readonly format: 'markdown' | 'json' }) => {
      const { compareRuns, readRun, writeComparison } = await import('@docket/evals');
      const comparison = compareRuns(await readRun(before), await readRun(after));
      const text =
        format === 'json' ? JSON.stringify(comparison, null, 2) : printableLines(writeComparison(comparison));
      await print(shell.stdout, `${text.trimEnd()}\n`);
    });
}
