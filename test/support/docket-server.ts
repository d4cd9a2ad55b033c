import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { docketProgram } from './project.js';
import { plainEnvironment } from './run-docket.js';

const START_TIMEOUT_MS = 60_000;

/** How a server is started. */
export interface ServerOptions {
  /** Beside `--port 0` and `--data-dir`. */
  readonly args?: readonly string[];
  /** Added to an environment without any setting of Docket. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default a new one, which is gone when the server is disposed of */
  readonly dataFolder?: string;
}

/** A server in a process of its own. Disposing of it stops it. */
export interface DocketServer extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
  readonly processId: number;
  readonly dataFolder: string;
  /** What it wrote to standard error so far. */
  log(): string;
  /** Asks it to stop and waits for its end. @returns Its exit code, null when a signal ended it */
  stop(): Promise<number | null>;
  /** Ends it with SIGKILL and waits for its end. */
  kill(): Promise<void>;
}

/**
 * Starts the built `docket serve` on a free port of this machine, and waits until it is ready.
 * @throws Error with what the server wrote, when it ends or is not ready within a minute
 */
export async function startServer(options: ServerOptions = {}): Promise<DocketServer> {
  const { args = [], env = {} } = options;
  const dataFolder = options.dataFolder ?? (await realpath(await mkdtemp(join(tmpdir(), 'docket-server-'))));
  const argv = [docketProgram, 'serve', '--port', '0', '--data-dir', dataFolder, ...args];
  const child = spawn(process.execPath, argv, {
    cwd: dataFolder,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Not `exit`: its last lines may come after that.
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const dispose = async () => {
    await end('SIGTERM');
    if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
  };
  const lines: string[] = [];
  const log = () => lines.join('\n');
  try {
    const url = await whenReady(child, ended, lines);
    return {
      url,
      processId: child.pid ?? 0,
      dataFolder,
      log,
      stop: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await end('SIGKILL');
    await dispose();
    throw new Error(`the server did not start: ${String(error)}\n${log()}`, { cause: error });
  }
}

async function whenReady(child: ChildProcess, ended: Promise<number | null>, lines: string[]): Promise<string> {
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
  const failed = Promise.race([
    ended.then((code) => Promise.reject(new Error(`it ended with ${code}`))),
    once(deadline, 'abort').then(() => Promise.reject(new Error(`it was not ready after ${START_TIMEOUT_MS} ms`))),
  ]);
  // Nobody waits for it once the server is ready.
  failed.catch(() => {});
  return Promise.race([failed, readAddress(child, lines)]);
}

/** The address that the server says it listens at, when it says that it is ready; goes on collecting lines after that. */
function readAddress(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve) => {
    if (!child.stderr) return;
    let address = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const { msg, url = '' } = parseLine(line);
      if (msg === 'listening') address = url.replace(/\/$/, '');
      if (msg === 'ready') resolve(address);
    });
  });
}

function parseLine(line: string): { readonly msg?: string; readonly url?: string } {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
