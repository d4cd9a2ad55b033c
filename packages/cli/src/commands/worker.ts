import { loadConfiguration, SCORER_NAMES } from '@docket/core';
import { Command } from 'commander';
import {
  type DatabaseFlags,
  databaseFileOption,
  databaseOption,
  databaseSettings,
  filesOption,
} from '../database/database-flags.js';
import type { Finish } from '../program.js';
import { print, type Shell, untilAborted } from '../shell.js';

/** Flags of `docket worker`. */
interface WorkerFlags extends DatabaseFlags {
  readonly dataDir?: string;
  readonly concurrency?: string;
  readonly scorer?: string;
  readonly model?: string;
  readonly knowledge?: string;
  readonly tuning?: string;
}

const NOTES = `
Logs are JSON lines on standard error. SIGINT or SIGTERM stops the worker: what runs is finished or given back.
All other settings come from the environment (DOCKET_*) or docket.config.yaml, as for docket serve: give workers those of
their servers.

Examples:
  $ docket worker --database postgres://docket@db.example/docket --concurrency 8
  $ docket worker --database-file /etc/docket/database --files /mnt/docket
  $ PGHOST=db.example PGUSER=docket docket worker --database postgres://`;

/** `docket worker` */
export function workerCommand(shell: Shell, finish: Finish): Command {
  return new Command('worker')
    .summary('do the jobs that servers on a shared database accept')
    .description('Does the jobs that servers accept, which share a PostgreSQL database with it.')
    .helpOption('-h, --help', 'print help')
    .addOption(databaseOption())
    .addOption(databaseFileOption())
    .addOption(filesOption())
    .option(
      '--data-dir <folder>',
      'folder of models, and of copies of documents that are worked on (default: ~/.docket)',
    )
    .option('--concurrency <count>', 'documents at once (default: one per processor)')
    .option('--scorer <name>', `what scores documents: ${SCORER_NAMES.join(', ')} (default: auto)`)
    .option('--model <name>', 'the installed model that takes part (default: the built-in one)')
    .option('--knowledge <folder|none>', 'document types to add to the built-in ones, or none to do without any')
    .option('--tuning <folder>', 'tuned rule files; jobs with the rules of one are decided by it')
    .addHelpText('after', NOTES)
    .action(async (flags: WorkerFlags) => {
      await work(flags, shell);
      finish(0);
    });
}

/** Works until the shell's signal aborts. */
async function work(flags: WorkerFlags, shell: Shell): Promise<void> {
  const { values } = await loadConfiguration({
    flags: {
      home: flags.dataDir,
      ...databaseSettings(flags),
      concurrency: flags.concurrency,
      scorer: flags.scorer,
      model: flags.model,
      knowledge: flags.knowledge,
      'server.tuning': flags.tuning,
    },
    environment: shell.env,
    folder: shell.folder,
  });
  // Loaded here, so that other commands do not wait for it.
  const { startWorker } = await import('@docket/server');
  const worker = await startWorker({ values, logStream: shell.stderr });
  try {
    if (shell.stdout.isTTY) await print(shell.stdout, 'Docket works; Ctrl-C stops it\n');
    await Promise.race([worker.failure, untilAborted(shell.signal)]);
  } finally {
    await worker.stop();
  }
}
