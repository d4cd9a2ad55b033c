import { installModel } from '@docket/core';
import { Command, Option } from 'commander';
import { type ImportFlags, importOptionsOf, POOLINGS } from '../models/import-flags.js';
import { openRegistry } from '../models/open-registry.js';
import { writeImported } from '../models/write-imported.js';
import { print, type Shell } from '../shell.js';

const EXAMPLES = `
A folder is laid out as on the hub: config.json, tokenizer.json, and model.safetensors (static) or onnx/model.onnx.
The import checks every file, copies it, and runs the model once over texts that come with Docket.

Examples:
  $ docket models import potion-base-2M/
  $ docket models import bge-small.tar.gz
  $ docket models import my-encoder/ --pooling cls --rule-prefix 'query: ' --variant quantized`;

/** `docket models import` */
export function modelsImportCommand(shell: Shell): Command {
  return new Command('import')
    .summary('install a model from a folder or a bundle')
    .description('Installs a model from a folder or a bundle, whole or not at all. Opens no connection.')
    .helpOption('-h, --help', 'print help')
    .argument('<path>', 'folder of the model, or a bundle (.tar.gz)')
    .option('--name <name>', 'name of the model (default: that of the folder or bundle)')
    .option('--replace', 'replace another model of that name')
    .option('--variant <variant>', 'which graph of several: a path, or quantized for onnx/model_quantized.onnx')
    .addOption(new Option('--pooling <pooling>', 'how token vectors become one').choices(POOLINGS))
    .option('--rule-prefix <text>', 'what the model wants before a rule')
    .option('--passage-prefix <text>', 'what the model wants before a passage')
    .option('--max-tokens <count>', 'window of the model, in tokens')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, flags: ImportFlags) => {
      const options = importOptionsOf(flags);
      const imported = await installModel(await openRegistry(shell), path, options);
      await print(shell.stdout, writeImported(imported));
    });
}
