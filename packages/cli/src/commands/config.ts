import { loadConfiguration, redactAddress, type SourcedSetting } from '@docket/core';
import { Command, Option } from 'commander';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { layOutTable } from '../terminal/table.js';

const EXAMPLES = `
A value comes from a flag, else from the environment (DOCKET_*), else from docket.config.yaml, .yml
or .json in the current folder, else it is the default.

Examples:
  $ docket config
  $ DOCKET_PAGES_DEFAULT_MAX=3 docket config --format json`;

/** `docket config` */
export function configCommand(shell: Shell): Command {
  return new Command('config')
    .summary('show every setting, its value and where it comes from')
    .description('Shows every setting, its value and where it comes from.')
    .helpOption('-h, --help', 'print help')
    .addOption(new Option('-f, --format <format>', 'format').choices(['table', 'json']).default('table'))
    .addHelpText('after', EXAMPLES)
    .action(async ({ format }: { readonly format: string }) => {
      const loaded = await loadConfiguration({ environment: shell.env, folder: shell.folder });
      const settings = loaded.settings.map(withoutPassword);
      await print(
        shell.stdout,
        format === 'json' ? `${JSON.stringify(settings, null, 2)}\n` : layOutSettings(settings, shell),
      );
    });
}

function withoutPassword(setting: SourcedSetting): SourcedSetting {
  return setting.key === 'database' ? { ...setting, value: redactAddress(String(setting.value)) } : setting;
}

function layOutSettings(settings: readonly SourcedSetting[], { stdout, env }: Shell): string {
  const colours = coloursFor(stdout, env);
  const rows = settings.map(({ key, value, source, origin }) => [
    key,
    value === '' ? { text: '(empty)', colour: colours.dim } : String(value),
    source === 'default' ? { text: source, colour: colours.dim } : `${source} (${origin})`,
  ]);
  return layOutTable({ columns: [{ head: 'SETTING' }, { head: 'VALUE' }, { head: 'FROM' }], rows, colours });
}
