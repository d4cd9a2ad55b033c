import { loadConfiguration } from '@docket/core';
import type { MoveReport } from '@docket/store';
import { Command } from 'commander';
import { filesOption } from '../database/database-flags.js';
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
    .addCommand(backupCommand(shell))
    .addCommand(migrateCommand(shell));
}

const MIGRATE_NOTES = `
Moves files, what was read, configurations, jobs and results, and compares what arrived with what left, rows and bytes.
Stop the server before. The data folder stays as it is; jobs that wait or ran are done on the other side.

Examples:
  $ docket db migrate --from ~/.docket/docket.db --to postgres://docket@db.example/docket
  $ docket db migrate --from /srv/docket --to postgres:// --files /mnt/docket`;

interface MigrateFlags {
  readonly from: string;
  readonly to: string;
  readonly files?: string;
}

function migrateCommand(shell: Shell): Command {
  return new Command('migrate')
    .summary('move everything from SQLite to PostgreSQL')
    .description('Moves everything from the SQLite database of a data folder to an empty PostgreSQL database.')
    .helpOption('-h, --help', 'print help')
    .requiredOption('--from <database>', 'docket.db of the data folder; the folder files lies beside it')
    .requiredOption('--to <address>', 'the PostgreSQL database: postgres://user@host/name')
    .addOption(filesOption())
    .addHelpText('after', MIGRATE_NOTES)
    .action(async ({ from, to, files }: MigrateFlags) => {
      const { values } = await loadConfiguration({
        flags: { filesFolder: files },
        environment: shell.env,
        folder: shell.folder,
      });
      const { home, filesFolder } = values;
      const { moveToSharedStore } = await import('@docket/store');
      const target = { address: to, environment: shell.env, home };
      const report = await moveToSharedStore(from, filesFolder === '' ? target : { ...target, filesFolder });
      await print(shell.stdout, describeMove(report));
    });
}

function describeMove({ rows, bytes }: MoveReport): string {
  const lines = Object.entries(rows).map(([table, count]) => `${String(count).padStart(9)}  ${table}`);
  return `${lines.join('\n')}\nmoved with ${bytes} bytes of files, and compared\n`;
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
