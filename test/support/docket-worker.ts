import { type LaunchedServer, launchServer } from '../server/support/launch-server.js';
import { temporaryFolder } from './temporary-folder.js';

/** A worker in a process of its own. Disposing of it ends it with SIGKILL. */
export type DocketWorker = Omit<LaunchedServer, 'address'>;

/** How a worker is started. */
export interface WorkerOptions {
  /** Absent where arguments or variables name it. */
  readonly database?: string;
  /** Beside `--database` and `--data-dir`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Launches the built `docket worker` and returns at once. */
export function launchWorker({ database, args = [], env = {} }: WorkerOptions): DocketWorker {
  const dataFolder = temporaryFolder();
  const named = database === undefined ? [] : ['--database', database];
  return launchServer({ dataFolder, command: ['worker'], args: [...named, ...args], env });
}

/** Launches it and waits until it is ready. */
export async function startWorker(options: WorkerOptions): Promise<DocketWorker> {
  const worker = launchWorker(options);
  await worker.ready;
  return worker;
}
