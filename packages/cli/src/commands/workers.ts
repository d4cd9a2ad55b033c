import { loadConfiguration } from '@docket/core';
import type { WorkerState } from '@docket/store';
import { Command, Option } from 'commander';
import {
  type DatabaseFlags,
  databaseFileOption,
  databaseOption,
  databaseSettings,
} from '../database/database-flags.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { layOutTable } from '../terminal/table.js';

/** Flags of `docket workers`. */
interface WorkersFlags extends DatabaseFlags {
  readonly format: string;
}

const EXAMPLES = `
Servers and workers of the last hour. The engine of a worker differs when no server that is alive has the same version,
models and knowledge: its answers may be others, and say so.

Examples:
  $ docket workers --database postgres://docket@db.example/docket
  $ docket workers --format json`;

/** `docket workers` */
export function workersCommand(shell: Shell): Command {
  return new Command('workers')
    .summary('list who works on a shared database')
    .description('Lists the servers and workers that share a PostgreSQL database.')
    .helpOption('-h, --help', 'print help')
    .addOption(databaseOption())
    .addOption(databaseFileOption())
    .addOption(new Option('-f, --format <format>', 'format').choices(['table', 'json']).default('table'))
    .addHelpText('after', EXAMPLES)
    .action(async ({ format, ...flags }: WorkersFlags) => {
      const { values } = await loadConfiguration({
        flags: databaseSettings(flags),
        environment: shell.env,
        folder: shell.folder,
      });
      const { listWorkersOf } = await import('@docket/server');
      const workers = await listWorkersOf(values, 'docket workers');
      const shown = workers.map((worker) => ({ ...worker, differs: differs(worker, workers) }));
      await print(shell.stdout, format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : layOut(shown, shell));
    });
}

type ShownWorker = WorkerState & { readonly differs: boolean };

/** Whether answers of a worker may be others than servers expect. */
function differs({ engine, concurrency }: WorkerState, workers: readonly WorkerState[]): boolean {
  const expected = workers.filter((one) => one.serves && one.isAlive && one.engine !== null).map((one) => one.engine);
  return concurrency > 0 && engine !== null && expected.length > 0 && !expected.includes(engine);
}

function layOut(workers: readonly ShownWorker[], { stdout, env }: Shell): string {
  if (workers.length === 0) return 'nobody works or serves\n';
  const colours = coloursFor(stdout, env);
  const rows = workers.map((worker) => [
    `${worker.host} ${worker.processId}`,
    roleOf(worker),
    worker.isAlive
      ? { text: 'alive', colour: colours.green }
      : { text: `silent since ${worker.seenAt.toISOString()}`, colour: colours.red },
    `${worker.running} of ${worker.concurrency}`,
    worker.version,
    worker.models.join(', '),
    `${worker.engine ?? 'starting'}${worker.differs ? ' (differs)' : ''}`,
  ]);
  const heads = ['PROCESS', 'DOES', 'STATE', 'RUNNING', 'VERSION', 'MODELS', 'ENGINE'];
  return layOutTable({ columns: heads.map((head) => ({ head })), rows, colours });
}

function roleOf({ serves, concurrency }: WorkerState): string {
  if (!serves) return 'works';
  return concurrency > 0 ? 'serves, works' : 'serves';
}
