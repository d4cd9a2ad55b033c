import { BUILT_IN_MODEL, builtInModel, DocketError, loadCatalogue } from '@docket/core';
import { Command, Option } from 'commander';
import { describeEntry } from '../models/describe-entry.js';
import { describeModel, summariseModel } from '../models/describe-model.js';
import { openRegistry } from '../models/open-registry.js';
import { writeJson } from '../models/write-json.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';

const EXAMPLES = `
Hashes are shortened; --format json has them whole.

Examples:
  $ docket models show docket-static-en
  $ docket models show bge-small-en-v1.5 --format json`;

/** `docket models show` */
export function modelsShowCommand(shell: Shell): Command {
  return new Command('show')
    .summary('show one model')
    .description(
      'Shows an installed model: origin, licence, what was understood of it, files. Also those of the catalogue.',
    )
    .helpOption('-h, --help', 'print help')
    .argument('<name>', 'name of the model, as docket models list has it')
    .addOption(new Option('-f, --format <format>', 'format (default: text)').choices(['text', 'json']))
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, { format = 'text' }: { readonly format?: 'text' | 'json' }) => {
      await print(shell.stdout, await showModel(name, format, shell));
    });
}

async function showModel(name: string, format: 'text' | 'json', shell: Shell): Promise<string> {
  try {
    const model = name === BUILT_IN_MODEL ? await builtInModel() : await (await openRegistry(shell)).get(name);
    if (format === 'text') return describeModel(model, coloursFor(shell.stdout, shell.env));
    return writeJson({ ...summariseModel(model), isInstalled: true, manifest: model.manifest });
  } catch (error) {
    const isAbsent = error instanceof DocketError && error.code === 'model.not_installed';
    const entry = isAbsent && (await loadCatalogue()).find((known) => known.name === name);
    if (!entry) throw error;
    return format === 'text' ? describeEntry(entry) : writeJson({ ...entry, isInstalled: false });
  }
}
