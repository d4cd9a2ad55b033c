import { loadConfiguration } from '@docket/core';
import { Command } from 'commander';
import { print, type Shell } from '../shell.js';

const EXAMPLES = `
The copy holds jobs, results, configurations, what was read, and which files there are; the bytes of uploaded
files lie in the folder files beside the database: copy that folder after the database.

Examples:
  $ docket db backup /backup/docket-2026-11-23.db
  $ docket db backup copy.db --data-dir /srv/docket && cp -r /srv/docket/files /backup/`;

/** `docket db` */
export function databaseCommand(shell: Shell): Command {
  return new Command('db')
    .summary('look after the database of docket serve')
    .description('Looks after the database of docket serve.')
    .helpOption('-h, --help', 'print help')
    .addCommand(backupCommand(shell));
}

function backupCommand(shell: Shell): Command {
  return new Command('backup')
    .summary('copy the database, also while the server runs')
    .description('Copies the database to a new file, consistent also while the server runs.')
    .helpOption('-h, --help', 'print help')
    .argument('<file>', 'where the copy goes; must not exist')
    .option('--data-dir <folder>', 'folder of the data (default: ~/.docket)')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, { dataDir }: { readonly dataDir?: string }) => {
      const { values } = await loadConfiguration({
        flags: { home: dataDir },
        environment: shell.env,
        folder: shell.folder,
      });
      const { backUpDatabase } = await import('@docket/store');
      await backUpDatabase(values.home, file);
      await print(shell.stdout, `copied to ${file}\n`);
    });
}
