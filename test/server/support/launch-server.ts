import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { docketProgram } from '../../support/project.js';
import { plainEnvironment } from '../../support/run-docket.js';

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the first signal that was sent to it, in milliseconds; undefined when none was. */
  readonly afterMs: number | undefined;
}

/** A server from the moment that its process begins. Disposing of it ends it with SIGKILL. */
export interface LaunchedServer extends AsyncDisposable {
  readonly processId: number;
  /** Where it listens. Rejects when it ends before that. */
  readonly address: Promise<string>;
  /** When its engine has passed the self-test. Rejects when it ends before that. */
  readonly ready: Promise<void>;
  readonly ended: Promise<ProcessEnd>;
  send(signal: NodeJS.Signals): void;
  /** What it wrote to standard error so far. */
  log(): string;
}

/** How a server is launched. */
export interface LaunchOptions {
  readonly dataFolder: string;
  /** Beside `--port 0` and `--data-dir`. */
  readonly args?: readonly string[];
  /** What is launched, with its first arguments. @default a server on any port */
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What starts the program for us, and becomes it: `nsenter` with its words. */
  readonly launcher?: readonly string[];
}

/** Launches `docket serve` and returns at once: for what happens while a server starts, and instead of it. */
export function launchServer(options: LaunchOptions): LaunchedServer {
  const { dataFolder, args = [], env = {}, launcher = [], command = ['serve', '--port', '0'] } = options;
  const words = [...launcher, process.execPath, docketProgram, ...command, '--data-dir', dataFolder, ...args];
  const [program = '', ...argv] = words;
  const child = spawn(program, argv, {
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let signalled: number | undefined;
  const send = (signal: NodeJS.Signals) => {
    signalled ??= performance.now();
    child.kill(signal);
  };
  // Not `exit`: its last lines may come after that.
  const ended = once(child, 'close').then(([exitCode, signal]): ProcessEnd => {
    return { exitCode, signal, afterMs: signalled === undefined ? undefined : performance.now() - signalled };
  });
  const lines: string[] = [];
  const log = () => lines.join('\n');
  const read = createInterface({ input: child.stderr });
  read.on('line', (line) => lines.push(line));
  const said = (message: string) =>
    new Promise<{ readonly url?: string }>((resolve, reject) => {
      const look = (line: string) => {
        const entry = parseLine(line);
        if (entry.msg !== message) return;
        read.off('line', look);
        resolve(entry);
      };
      read.on('line', look).on('close', () => reject(new Error(`the server never said "${message}":\n${log()}`)));
    });
  const address = said('listening').then(({ url = '' }) => url.replace(/\/$/, ''));
  const ready = said('ready').then(() => {});
  // Nobody may wait for them.
  for (const promise of [address, ready]) promise.catch(() => {});
  const dispose = async () => {
    send('SIGKILL');
    await ended;
  };
  return { processId: child.pid ?? 0, address, ready, ended, send, log, [Symbol.asyncDispose]: dispose };
}

/** Launches a server that should refuse to start. @throws Error when it listens all the same */
export async function launchRefused(options: LaunchOptions): Promise<ProcessEnd & { readonly message: string }> {
  await using server = launchServer(options);
  const isListening = await server.address.then(
    () => true,
    () => false,
  );
  if (isListening) throw new Error(`the server should not have started:\n${server.log()}`);
  return { ...(await server.ended), message: server.log() };
}

function parseLine(line: string): { readonly msg?: string; readonly url?: string } {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
