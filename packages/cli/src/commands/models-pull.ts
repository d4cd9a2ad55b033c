import { type EmbeddingOverrides, type ImportedModel, installModel, type PulledModel, pullModel } from '@docket/core';
import { Command } from 'commander';
import { type EmbeddingFlags, embeddingFlags, embeddingOf } from '../models/import-flags.js';
import { openRegistry } from '../models/open-registry.js';
import { showPull } from '../models/pull-progress.js';
import { writeImported } from '../models/write-imported.js';
import { print, type Shell } from '../shell.js';
import { printable } from '../terminal/text.js';

interface PullFlags extends EmbeddingFlags {
  readonly hub?: string;
  readonly revision?: string;
  readonly name?: string;
  readonly replace?: boolean;
}

const EXAMPLES = `
The only command that reaches out to the internet by itself. What was interrupted goes on where it was.
DOCKET_HUB names another hub, as --hub does; HF_TOKEN, HTTPS_PROXY, HTTP_PROXY and NO_PROXY are honoured.

Examples:
  $ docket models pull all-MiniLM-L6-v2
  $ docket models pull owner/name --revision main --name mine`;

/** `docket models pull` */
export function modelsPullCommand(shell: Shell): Command {
  const command = new Command('pull')
    .summary('bring a model from a hub, on a machine with a network')
    .description('Brings a model from a hub, compares its hashes, and installs it.')
    .helpOption('-h, --help', 'print help')
    .argument('<name>', 'a name of the catalogue, or owner/name of a repository')
    .option('--revision <revision>', 'a commit, branch or tag (default: that of the catalogue, else of the first pull)')
    .option('--hub <url>', 'another hub that speaks the same file API')
    .option('--name <name>', 'name to install it under')
    .option('--replace', 'replace another model of that name')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: PullFlags) => {
      await print(shell.stdout, writePulled(await pull(name, flags, shell)));
    });
  for (const option of embeddingFlags()) command.addOption(option);
  return command;
}

async function pull(name: string, flags: PullFlags, shell: Shell): Promise<PulledModel<ImportedModel>> {
  const registry = await openRegistry(shell);
  const { name: as, replace = false, revision, hub } = flags;
  const embedding = embeddingOf(flags);
  const display = showPull(shell.stderr);
  try {
    return await pullModel({
      name,
      revision,
      hub,
      folder: registry.folder,
      environment: shell.env,
      signal: shell.signal,
      onProgress: display.update,
      install: (folder, details) => {
        display.stop();
        return installModel(registry, folder, {
          ...details,
          ...(as === undefined ? {} : { name: as }),
          embedding: merge(details.embedding, embedding),
          replace,
        });
      },
    });
  } finally {
    display.stop();
  }
}

/** What the user says wins over the catalogue, setting by setting. */
function merge(catalogue: EmbeddingOverrides = {}, own: EmbeddingOverrides): EmbeddingOverrides {
  const prefixes = { ...catalogue.prefixes, ...own.prefixes };
  return { ...catalogue, ...own, ...(Object.keys(prefixes).length > 0 ? { prefixes } : {}) };
}

function writePulled({ repository, revision, files, firstUse, installed }: PulledModel<ImportedModel>): string {
  const unchecked = files.filter(({ checkedAgainst }) => checkedAgainst.length === 0).map(({ path }) => path);
  const hashes = firstUse
    ? 'nothing was known of this commit before: its SHA-256 were recorded, and later pulls are compared with them'
    : 'every SHA-256 is that of the first pull';
  const doubts = unchecked.length > 0 ? `compared with nobody's SHA-256: ${unchecked.map(printable).join(', ')}\n` : '';
  return `${repository} at ${revision}: ${files.length} files; ${hashes}\n${doubts}${writeImported(installed)}`;
}
