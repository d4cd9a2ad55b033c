import { installModel } from '@docket/core';
import { Command } from 'commander';
import { embeddingFlags, type ImportFlags, importOptionsOf } from '../models/import-flags.js';
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
  const command = new Command('import')
    .summary('install a model from a folder or a bundle')
    .description('Installs a model from a folder or a bundle, whole or not at all. Opens no connection.')
    .helpOption('-h, --help', 'print help')
    .argument('<path>', 'folder of the model, or a bundle (.tar.gz)')
    .option('--name <name>', 'name of the model (default: that of the folder or bundle)')
    .option('--replace', 'replace another model of that name')
    .option('--variant <variant>', 'which graph of several: a path, or quantized for onnx/model_quantized.onnx')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, flags: ImportFlags) => {
      const options = importOptionsOf(flags);
      const imported = await installModel(await openRegistry(shell), path, options);
      await print(shell.stdout, writeImported(imported));
    });
  for (const option of embeddingFlags()) command.addOption(option);
  return command;
}
