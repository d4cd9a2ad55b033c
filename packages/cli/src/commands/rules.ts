import { Command } from 'commander';
import type { Finish } from '../program.js';
import type { Shell } from '../shell.js';
import { rulesLintCommand } from './rules-lint.js';

/** `docket rules` */
export function rulesCommand(shell: Shell, finish: Finish): Command {
  return new Command('rules')
    .summary('look at rule files')
    .description('Looks at rule files.')
    .helpOption('-h, --help', 'print help')
    .addCommand(rulesLintCommand(shell, finish));
}
