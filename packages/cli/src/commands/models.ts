import { Command } from 'commander';
import type { Finish } from '../program.js';
import type { Shell } from '../shell.js';
import { modelsImportCommand } from './models-import.js';
import { modelsBundleCommand, modelsRemoveCommand, modelsVerifyCommand } from './models-keep.js';
import { modelsListCommand } from './models-list.js';
import { modelsPullCommand } from './models-pull.js';
import { modelsShowCommand } from './models-show.js';

const EXAMPLES = `
Nothing needs to be installed: docket-static-en comes with Docket. Only pull opens a connection.

Examples:
  $ docket models list --catalogue
  $ docket models import bge-small.tar.gz
  $ docket classify inbox/ --rules rules.yaml --scorer embedding --model bge-small-en-v1.5`;

/** `docket models` */
export function modelsCommand(shell: Shell, finish: Finish): Command {
  return new Command('models')
    .summary('install models of your own, also without a network')
    .description('Lists, imports, checks, bundles, removes and pulls models.')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EXAMPLES)
    .addCommand(modelsListCommand(shell))
    .addCommand(modelsShowCommand(shell))
    .addCommand(modelsImportCommand(shell))
    .addCommand(modelsVerifyCommand(shell, finish))
    .addCommand(modelsBundleCommand(shell))
    .addCommand(modelsRemoveCommand(shell))
    .addCommand(modelsPullCommand(shell));
}
